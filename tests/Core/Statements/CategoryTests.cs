using Safeconduct.Statements;
using Safeconduct.Statements.Quantities;
using Xunit;

namespace Safeconduct.Tests.Statements;

/// <summary>Categories against their slow twin: an explicit set of every kind of person, filtered by hand.</summary>
public static class CategoryTests
{
    private static readonly List<(Standing Standing, Sex Sex, AgeBand Age, Health Health, Company Company)> Persons =
    [
        .. from s in Enum.GetValues<Standing>()
           from x in Enum.GetValues<Sex>()
           from a in Enum.GetValues<AgeBand>()
           from h in Enum.GetValues<Health>()
           from c in Enum.GetValues<Company>()
           select (s, x, a, h, c),
    ];

    [Fact]
    public static void Union_overlap_difference_and_containment_agree_with_explicit_sets()
    {
        var random = new RandomStatements(5);
        for (var i = 0; i < 400; i++)
        {
            var (a, b) = (random.People(), random.People());
            var (sa, sb) = (Members(a), Members(b));
            Assert.Equal(sa.Union(sb).ToHashSet(), Members(a.Or(b)));
            Assert.Equal(sa.Intersect(sb).ToHashSet(), Members(a.And(b)));
            Assert.Equal(sa.Except(sb).ToHashSet(), Members(a.Except(b)));
            Assert.Equal(sb.IsSubsetOf(sa), a.Contains(b));
            Assert.Equal(!sa.Overlaps(sb), a.IsDisjointFrom(b));
            Assert.Equal(sa.SetEquals(sb), a == b);
        }
    }

    [Fact]
    public static void The_products_of_a_category_rebuild_it_and_its_words_belong_to_it_alone()
    {
        var random = new RandomStatements(6);
        var words = new Dictionary<string, Category>(StringComparer.Ordinal);
        var slugs = new Dictionary<string, Category>(StringComparer.Ordinal);
        for (var i = 0; i < 400; i++)
        {
            var category = random.People();
            var rebuilt = category.Products().Select(p => Category.People(p.Standing, p.Sex, p.Age, p.Health, p.Company)).Aggregate((x, y) => x.Or(y));
            Assert.Equal(category, rebuilt);
            Assert.True(words.TryAdd(category.ToString(), category) || words[category.ToString()] == category, $"Two categories read '{category}'.");
            Assert.True(slugs.TryAdd(category.Slug, category) || slugs[category.Slug] == category, $"Two categories are called '{category.Slug}'.");
        }
    }

    [Theory]
    [InlineData("women-and-children", "fighters", false, false)]
    [InlineData("all", "wounded-or-sick", true, false)]
    [InlineData("wounded-or-sick", "fighters", false, false)]
    [InlineData("all", "staff", false, true)]
    [InlineData("women", "men", false, true)]
    [InlineData("women", "girls", false, true)]
    [InlineData("civilians", "families-of-fighters", true, false)]
    [InlineData("fighters", "families-of-fighters", false, true)]
    [InlineData("children", "unaccompanied-children", true, false)]
    public static void Named_categories_stand_to_each_other_as_the_words_do(string a, string b, bool contains, bool disjoint)
    {
        Assert.Equal(contains, People(a).Contains(People(b)));
        Assert.Equal(disjoint, People(a).IsDisjointFrom(People(b)));
    }

    [Fact]
    public static void Everyone_is_the_women_men_girls_and_boys()
    {
        Assert.Equal(Category.Everyone, Category.Women.Or(Category.Men).Or(Category.Girls).Or(Category.Boys));
        Assert.Equal(Category.Children, Category.Girls.Or(Category.Boys));
    }

    [Fact]
    public static void Names_and_slugs_are_given_once_in_each_space()
    {
        Assert.Equal(Category.Named.Count, Category.Named.Select(n => (n.Slug, n.Category.Space)).Distinct().Count());
        Assert.Equal(Category.Named.Count, Category.Named.Select(n => n.Category).Distinct().Count());
    }

    [Fact]
    public static void People_and_vehicles_share_nothing()
    {
        Assert.Null(Category.Everyone.And(Category.Buses));
        Assert.Equal(Category.Everyone, Category.Everyone.Except(Category.Buses));
        Assert.False(Category.Everyone.Contains(Category.Buses));
        Assert.False(Category.Everyone.IsDisjointFrom(Category.Buses));
        Assert.Equal("People and vehicles are never put into one category.", Assert.Throws<RefusedException>(() => Category.Everyone.Or(Category.Buses)).Message);
        Assert.Equal("Vehicles can't be counted in a category of People.", Assert.Throws<RefusedException>(() => new Counted(Unit.Vehicles, Category.Everyone, Bound.Exactly(1))).Message);
        Assert.Equal(Category.Whole, Category.Whole.And(Category.Whole));
    }

    [Fact]
    public static void A_category_of_nobody_is_refused() =>
        Assert.Equal(
            "A category without a single cell counts nobody: check that its dimensions do not exclude each other.",
            Assert.Throws<RefusedException>(() => Category.People(standing: [])).Message);

    [Fact]
    public static void Vehicles_without_a_name_are_named_by_their_types()
    {
        Assert.Equal("buses or trucks", Category.Vehicles([VehicleType.Truck, VehicleType.Bus]).ToString());
        Assert.Equal("other vehicles", Category.Vehicles([VehicleType.Other]).ToString());
    }

    private static Category People(string slug) => Category.Named.First(n => n.Slug == slug && n.Category.Space is CategorySpace.People).Category;

    private static HashSet<(Standing, Sex, AgeBand, Health, Company)> Members(Category? category) => category is null
        ? []
        : [.. Persons.Where(p => category.Contains(Category.People([p.Standing], [p.Sex], [p.Age], [p.Health], [p.Company])))];
}
