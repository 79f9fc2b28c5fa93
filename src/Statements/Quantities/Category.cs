using System.Numerics;

namespace Safeconduct.Statements.Quantities;

/// <summary>In what standing a person is counted. "Civilian" and "fighter" are the source's words; staff stand below the line.</summary>
public enum Standing { Civilian, Fighter, Detainee, Staff }

/// <summary>Female or male, as counted; a count that does not say takes both.</summary>
public enum Sex { Female, Male }

/// <summary>Girls and boys are under 18.</summary>
public enum AgeBand { Adult, Child }

/// <summary>Wounded or sick, or not. Anybody may be wounded, fighters too.</summary>
public enum Health { Well, WoundedOrSick }

/// <summary>With whom a person travels, where it was said.</summary>
public enum Company { Unstated, FamilyOfFighters, Unaccompanied }

/// <summary>Types of vehicles; buses and ambulances are parts of all vehicles.</summary>
public enum VehicleType { Bus, Ambulance, Truck, Private, Other }

/// <summary>What the cells of a category are cells of.</summary>
public enum CategorySpace
{
    /// <summary>No dimensions: violations, tonnes.</summary>
    Whole,
    People,
    Vehicles,
}

/// <summary>
/// Who or what is counted: a set of cells over orthogonal dimensions (standing, sex, age band, health, company; or vehicle type). A dimension that is not spoken of
/// takes all its values. "Women and children" is a union; wounded people may be fighters, so the two overlap and are neither equal nor disjoint.
/// Staff and crew stand below the line: they are in no category of people but their own.
/// </summary>
public sealed record Category
{
    private const int PeopleCells = 4 * 2 * 2 * 2 * 3;
    private const int VehicleCells = 5;

    private Category(CategorySpace space, UInt128 cells)
    {
        if (space is not CategorySpace.Whole && cells == UInt128.Zero)
        {
            throw new RefusedException("category.empty", "A category without a single cell counts nobody: check that its dimensions do not exclude each other.");
        }

        (Space, Cells) = (space, cells);
    }

    public CategorySpace Space { get; }

    /// <summary>One bit a cell; only this assembly gives bits a meaning.</summary>
    internal UInt128 Cells { get; }

    public static Category Whole { get; } = new(CategorySpace.Whole, UInt128.Zero);

    public static Category Everyone { get; } = People(standing: [Standing.Civilian, Standing.Fighter, Standing.Detainee]);

    public static Category Civilians { get; } = People(standing: [Standing.Civilian]);

    public static Category Fighters { get; } = People(standing: [Standing.Fighter]);

    public static Category Detainees { get; } = People(standing: [Standing.Detainee]);

    public static Category Staff { get; } = People(standing: [Standing.Staff]);

    public static Category Women { get; } = NotStaff(sex: [Sex.Female], age: [AgeBand.Adult]);

    public static Category Men { get; } = NotStaff(sex: [Sex.Male], age: [AgeBand.Adult]);

    public static Category Girls { get; } = NotStaff(sex: [Sex.Female], age: [AgeBand.Child]);

    public static Category Boys { get; } = NotStaff(sex: [Sex.Male], age: [AgeBand.Child]);

    public static Category Children { get; } = NotStaff(age: [AgeBand.Child]);

    public static Category WomenAndChildren { get; } = Women.Or(Children);

    public static Category WoundedOrSick { get; } = NotStaff(health: [Health.WoundedOrSick]);

    public static Category FamiliesOfFighters { get; } = People(standing: [Standing.Civilian], company: [Company.FamilyOfFighters]);

    public static Category FightersAndFamilies { get; } = Fighters.Or(FamiliesOfFighters);

    public static Category UnaccompaniedChildren { get; } = NotStaff(age: [AgeBand.Child], company: [Company.Unaccompanied]);

    public static Category AllVehicles { get; } = Vehicles([.. Enum.GetValues<VehicleType>()]);

    public static Category Buses { get; } = Vehicles([VehicleType.Bus]);

    public static Category Ambulances { get; } = Vehicles([VehicleType.Ambulance]);

    public static Category Trucks { get; } = Vehicles([VehicleType.Truck]);

    public static Category PrivateVehicles { get; } = Vehicles([VehicleType.Private]);

    /// <summary>Names of categories, widest first; the first that equals is the name.</summary>
    public static IReadOnlyList<(string Slug, string Words, Category Category)> Named { get; } =
    [
        ("all", "people", Everyone),
        ("civilians", "civilians", Civilians),
        ("fighters", "fighters", Fighters),
        ("detainees", "detainees", Detainees),
        ("staff", "staff", Staff),
        ("women", "women", Women),
        ("men", "men", Men),
        ("girls", "girls", Girls),
        ("boys", "boys", Boys),
        ("children", "children", Children),
        ("women-and-children", "women and children", WomenAndChildren),
        ("wounded-or-sick", "wounded or sick people", WoundedOrSick),
        ("wounded-fighters", "wounded or sick fighters", Fighters.And(WoundedOrSick)!),
        ("wounded-civilians", "wounded or sick civilians", Civilians.And(WoundedOrSick)!),
        ("wounded-children", "wounded or sick children", Children.And(WoundedOrSick)!),
        ("civilian-women", "civilian women", Civilians.And(Women)!),
        ("civilian-men", "civilian men", Civilians.And(Men)!),
        ("civilian-children", "civilian children", Civilians.And(Children)!),
        ("families-of-fighters", "families of fighters", FamiliesOfFighters),
        ("fighters-and-families", "fighters and families", FightersAndFamilies),
        ("unaccompanied-children", "unaccompanied children", UnaccompaniedChildren),
        ("all-vehicles", "vehicles", AllVehicles),
        ("buses", "buses", Buses),
        ("ambulances", "ambulances", Ambulances),
        ("trucks", "trucks", Trucks),
        ("private", "private vehicles", PrivateVehicles),
        ("buses-and-ambulances", "buses and ambulances", Buses.Or(Ambulances)),
        ("all", "", Whole),
    ];

    private static readonly Dictionary<Category, (string Slug, string Words)> ByCategory = Named.ToDictionary(n => n.Category, n => (n.Slug, n.Words));

    public static Category People(
        IReadOnlyList<Standing>? standing = null,
        IReadOnlyList<Sex>? sex = null,
        IReadOnlyList<AgeBand>? age = null,
        IReadOnlyList<Health>? health = null,
        IReadOnlyList<Company>? company = null)
    {
        var cells = UInt128.Zero;
        for (var cell = 0; cell < PeopleCells; cell++)
        {
            var (s, x, a, h, c) = Coordinates(cell);
            if (In(standing, s) && In(sex, x) && In(age, a) && In(health, h) && In(company, c))
            {
                cells |= UInt128.One << cell;
            }
        }

        return new(CategorySpace.People, cells);
    }

    public static Category Vehicles(IReadOnlyList<VehicleType> types) =>
        new(CategorySpace.Vehicles, types.Aggregate(UInt128.Zero, (cells, type) => cells | (UInt128.One << (int)type)));

    /// <summary>The union: "women and children".</summary>
    public Category Or(Category other) => new(Same(other), Cells | other.Cells);

    /// <summary>The overlap, or null where there is none: "wounded fighters". People and vehicles have none; the whole without dimensions overlaps itself.</summary>
    public Category? And(Category other)
    {
        if (Space != other.Space)
        {
            return null;
        }

        var both = Cells & other.Cells;
        return Space is CategorySpace.Whole ? Whole : both == UInt128.Zero ? null : new(Space, both);
    }

    /// <summary>Those of this category who are not in the other, or null where nobody is left. Vehicles take nobody away from people.</summary>
    public Category? Except(Category other)
    {
        if (Space != other.Space)
        {
            return this;
        }

        var rest = Cells & ~other.Cells;
        return rest == UInt128.Zero ? null : new(Space, rest);
    }

    /// <summary>Every cell of the other is in this one.</summary>
    public bool Contains(Category other) => Space == other.Space && (other.Cells & ~Cells) == UInt128.Zero;

    /// <summary>No cell is in both, so that their counts may be added.</summary>
    public bool IsDisjointFrom(Category other) => Space == other.Space && Space is not CategorySpace.Whole && (Cells & other.Cells) == UInt128.Zero;

    /// <summary>Fits into an id: <c>wounded-or-sick</c>. A category without a name of its own is spelled by its cells.</summary>
    public string Slug => NameOf(this)?.Slug ?? $"cells-{Cells:x}";

    /// <summary>Neutral English: "wounded or sick people".</summary>
    public override string ToString() => NameOf(this)?.Words ?? string.Join(" or ", Space is CategorySpace.Vehicles ? VehicleTypes().Select(WordsOf) : Products().Select(p => p.ToString()));

    /// <summary>The category as few products of dimensions as a greedy reading finds; the same category always gives the same products. For bytes and words.</summary>
    public IReadOnlyList<Product> Products()
    {
        if (Space is not CategorySpace.People)
        {
            return [];
        }

        var rest = Cells;
        var inside = Product.All.Where(p => (p.Cells & ~Cells) == UInt128.Zero).ToList();
        var products = new List<Product>();
        while (rest != UInt128.Zero)
        {
            // The first of the widest: MaxBy keeps the earliest of equals, so the bytes of a category never change.
            var best = inside.MaxBy(p => UInt128.PopCount(p.Cells & rest))!;
            products.Add(best);
            rest &= ~best.Cells;
        }

        return products;
    }

    public IEnumerable<VehicleType> VehicleTypes() =>
        Space is CategorySpace.Vehicles ? Enum.GetValues<VehicleType>().Where(t => (Cells >> (int)t & UInt128.One) == UInt128.One) : [];

    internal static Category OfProducts(IEnumerable<Product> products) =>
        new(CategorySpace.People, products.Aggregate(UInt128.Zero, (cells, p) => cells | p.Cells));

    private static (string Slug, string Words)? NameOf(Category category) => ByCategory.TryGetValue(category, out var name) ? name : null;

    private static string WordsOf(VehicleType type) => type switch
    {
        VehicleType.Bus => "buses",
        VehicleType.Ambulance => "ambulances",
        VehicleType.Truck => "trucks",
        VehicleType.Private => "private vehicles",
        VehicleType.Other => "other vehicles",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static Category NotStaff(IReadOnlyList<Sex>? sex = null, IReadOnlyList<AgeBand>? age = null, IReadOnlyList<Health>? health = null, IReadOnlyList<Company>? company = null) =>
        People([Standing.Civilian, Standing.Fighter, Standing.Detainee], sex, age, health, company);

    private static (Standing, Sex, AgeBand, Health, Company) Coordinates(int cell) =>
        ((Standing)(cell / 24), (Sex)(cell / 12 % 2), (AgeBand)(cell / 6 % 2), (Health)(cell / 3 % 2), (Company)(cell % 3));

    private static bool In<T>(IReadOnlyList<T>? values, T value) => values is null || values.Contains(value);

    private CategorySpace Same(Category other) => Space == other.Space
        ? Space
        : throw new RefusedException("category.other-space", "People and vehicles are never put into one category.");

    /// <summary>One product of dimensions: every combination of the listed values. A dimension without a list takes all its values.</summary>
    public sealed record Product(IReadOnlyList<Standing>? Standing, IReadOnlyList<Sex>? Sex, IReadOnlyList<AgeBand>? Age, IReadOnlyList<Health>? Health, IReadOnlyList<Company>? Company)
    {
        private static readonly IReadOnlyList<Standing>?[] Standings =
            [null, [Quantities.Standing.Civilian, Quantities.Standing.Fighter, Quantities.Standing.Detainee], .. Subsets<Standing>(2), .. Subsets<Standing>(1)];

        internal UInt128 Cells { get; } = People(Standing, Sex, Age, Health, Company).Cells;

        /// <summary>Every product, widest first and then in a fixed order.</summary>
        internal static IReadOnlyList<Product> All { get; } =
        [
            .. (from s in Standings
                from x in Choices<Sex>()
                from a in Choices<AgeBand>()
                from h in Choices<Health>()
                from c in (IReadOnlyList<Company>?[])[null, .. Subsets<Company>(2), .. Subsets<Company>(1)]
                select new Product(s, x, a, h, c)).OrderByDescending(p => UInt128.PopCount(p.Cells)),
        ];

        /// <summary>Different products always read differently, so that no two categories are taken for one.</summary>
        public override string ToString()
        {
            string[] parts = [HealthWords, PersonWords, CompanyWords];
            return string.Join(" ", parts.Where(p => p.Length > 0));
        }

        private string HealthWords => Health switch
        {
            [Quantities.Health.WoundedOrSick] => "wounded or sick",
            [Quantities.Health.Well] => "not wounded or sick",
            _ => "",
        };

        private string PersonWords
        {
            get
            {
                var noun = (Sex, Age) switch
                {
                    ([Quantities.Sex.Female], [AgeBand.Adult]) => "women",
                    ([Quantities.Sex.Male], [AgeBand.Adult]) => "men",
                    ([Quantities.Sex.Female], [AgeBand.Child]) => "girls",
                    ([Quantities.Sex.Male], [AgeBand.Child]) => "boys",
                    ([Quantities.Sex.Female], _) => "women and girls",
                    ([Quantities.Sex.Male], _) => "men and boys",
                    (_, [AgeBand.Child]) => "children",
                    (_, [AgeBand.Adult]) => "adults",
                    _ => "people",
                };
                return Standing switch
                {
                    null or { Count: 4 } => $"{noun}, staff included",
                    [Quantities.Standing.Civilian, Quantities.Standing.Fighter, Quantities.Standing.Detainee] => noun,
                    _ when noun == "people" => string.Join(" or ", Standing.Select(StandingWords)),
                    _ => $"{noun} who are {string.Join(" or ", Standing.Select(StandingWords))}",
                };
            }
        }

        private string CompanyWords => Company switch
        {
            [Quantities.Company.Unstated] => "neither in families of fighters nor unaccompanied",
            [Quantities.Company.FamilyOfFighters] => "in families of fighters",
            [Quantities.Company.Unaccompanied] => "unaccompanied",
            [Quantities.Company.Unstated, Quantities.Company.FamilyOfFighters] => "not unaccompanied",
            [Quantities.Company.Unstated, Quantities.Company.Unaccompanied] => "not in families of fighters",
            [Quantities.Company.FamilyOfFighters, Quantities.Company.Unaccompanied] => "in families of fighters or unaccompanied",
            _ => "",
        };

        private static string StandingWords(Standing standing) => standing switch
        {
            Quantities.Standing.Civilian => "civilians",
            Quantities.Standing.Fighter => "fighters",
            Quantities.Standing.Detainee => "detainees",
            Quantities.Standing.Staff => "staff",
            _ => throw new ArgumentOutOfRangeException(nameof(standing)),
        };

        private static IReadOnlyList<T>?[] Choices<T>()
            where T : struct, Enum => [null, .. Subsets<T>(1)];

        private static IEnumerable<IReadOnlyList<T>> Subsets<T>(int size)
            where T : struct, Enum
        {
            var values = Enum.GetValues<T>();
            return Enumerable.Range(0, 1 << values.Length)
                .Where(mask => BitOperations.PopCount((uint)mask) == size)
                .Select(mask => (IReadOnlyList<T>)[.. values.Where((_, i) => (mask >> i & 1) == 1)]);
        }
    }
}
