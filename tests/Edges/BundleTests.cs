using System.Text;
using System.Text.Json;
using Xunit;

namespace Safeconduct.Tests.Edges;

/// <summary>A record with statements for the room, the parties and the public, and the copies that leave it.</summary>
public sealed class BookOfAll : IDisposable
{
    public BookOfAll()
    {
        Run = new Running();
        var rows = new[]
        {
            Row("A-1", "Relief Agency", "un", "Relief staff said that talks on the old town went on."),
            Row("A-2", "Valley council", "party", "خرج من البلدة القديمة 250 شخصا\u202e."),
            Row("A-3", "A resident of the old town", "observer", "A resident said that talks were held at the mill."),
        };
        File.WriteAllLines(Run.In("list.jsonl"), rows);
        foreach (var arguments in (string[][])[["init", "book", "--name", "Northern valley", "--time-zone", "Asia/Damascus"], ["import", "list.jsonl", "--operation", "book"]])
        {
            var ran = Run.Safeconduct(arguments);
            Assert.True(ran.Exit == 0, ran.Output + ran.Error);
        }
    }

    public Running Run { get; }

    public void Dispose() => Run.Dispose();

    private static string Row(string id, string source, string kind, string paraphrase) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["id"] = id, ["published"] = "2031-05-03", ["about"] = "2031-05-02", ["source"] = source, ["source_type"] = kind, ["relayed_by"] = null, ["kind"] = "negotiation", ["place_from"] = null, ["place_to"] = null, ["via"] = null,
        ["category"] = "talks", ["quantity"] = null, ["paraphrase"] = paraphrase, ["cite"] = "A bulletin, 3 May 2031",
    });
}

/// <summary>Copies of a record, read as an investigator reads them: somewhere else, with Python and nothing of ours but the file.</summary>
public sealed class BundleTests(BookOfAll book) : IClassFixture<BookOfAll>
{
    private static readonly string[] Parties = ["--for", "parties"];

    [Fact]
    public void A_copy_is_verified_and_read_in_an_empty_folder_with_Python_alone_in_every_script()
    {
        Assert.SkipUnless(Running.Has("python3"), "python3 is not on this machine");
        var bundle = Written("parties.zip", Parties);
        using var away = new Running();
        File.Copy(bundle, away.In("copy.zip"));
        var unpacked = Python(away, "-m", "zipfile", "-e", "copy.zip", "copy");
        Assert.True(unpacked.Exit == 0, unpacked.Error);
        File.Delete(away.In("copy.zip"));
        var verified = Python(away, "copy/verify.py", "copy");
        Assert.True(verified.Exit == 0, verified.Output + verified.Error);
        Assert.EndsWith("whole\n", verified.Output, StringComparison.Ordinal);

        // A machine set to no language at all prints every script all the same, and nothing that turns the line around.
        var read = Running.Start("python3", ["-I", "copy/verify.py", "copy", "--read"], away.Folder, new Dictionary<string, string> { ["LC_ALL"] = "C", ["PYTHONIOENCODING"] = "ascii" });
        Assert.Contains("A-1: ", read.Output, StringComparison.Ordinal);
        Assert.Contains("خرج من البلدة القديمة 250 شخصا\\u{202e}.", read.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', read.Output);
        Assert.Equal(File.ReadAllText(away.In("copy/reading/statements.txt")), read.Output);
        foreach (var line in File.ReadAllLines(away.In("copy/reading/statements.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            Assert.StartsWith("A-", json.RootElement.GetProperty("statement").GetProperty("id").GetString(), StringComparison.Ordinal);
        }

        var ours = book.Run.Safeconduct("verify", bundle);
        Assert.True(ours.Exit == 0, ours.Output + ours.Error);
    }

    [Fact]
    public void A_copy_says_what_it_lacks_and_not_whose_it_was()
    {
        Assert.SkipUnless(Running.Has("python3"), "python3 is not on this machine");
        var bundle = Written("lacks.zip", Parties);
        var lacks = Lacks(bundle);
        Assert.Contains("statement           3          3          2          1", lacks, StringComparison.Ordinal);
        Assert.Contains("1 of 3 statements are not in it.", lacks, StringComparison.Ordinal);
        Assert.DoesNotContain("resident", lacks + Read(bundle), StringComparison.Ordinal);
        Assert.DoesNotContain("the mill", Encoding.UTF8.GetString(File.ReadAllBytes(bundle)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_party_said_leaves_as_a_part_that_verifies()
    {
        Assert.SkipUnless(Running.Has("python3"), "python3 is not on this machine");
        var bundle = Written("party.zip", [.. Parties, "--only", "Valley council"]);
        Assert.Contains("A-2: ", Read(bundle), StringComparison.Ordinal);
        Assert.DoesNotContain("A-1: ", Read(bundle), StringComparison.Ordinal);
        Assert.Contains("It is a part: what the lens 'source:\"Valley council\"' shows.", Lacks(bundle), StringComparison.Ordinal);
        Assert.Equal(0, book.Run.Safeconduct("verify", bundle).Exit);

        var kid = Read(bundle).Split("of device ")[1][..32];
        var chain = Read(Written("chain.zip", [.. Parties, "--device", kid]));
        Assert.Contains("A-1: ", chain, StringComparison.Ordinal);

        var nobody = Export("nobody.zip", [.. Parties, "--only", "Nobody"]);
        Assert.Contains("[bundle.empty-part]", nobody.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(book.Run.In("nobody.zip")));
    }

    [Fact]
    public void With_what_is_for_the_room_a_copy_leaves_by_a_release_and_carries_it()
    {
        Assert.SkipUnless(Running.Has("python3"), "python3 is not on this machine");
        var refused = Export("room.zip", []);
        Assert.Equal(1, refused.Exit);
        Assert.Contains("[bundle.needs-release]", refused.Error, StringComparison.Ordinal);
        foreach (var (missing, code) in new[] { ("--to", "release.no-recipient"), ("--reason", "release.no-reason"), ("--released-by", "release.no-name") })
        {
            string[] all = ["--released-by", "H. of Mission", "--to", "An inquiry", "--reason", "Letter 12"];
            var at = Array.IndexOf(all, missing);
            Assert.Contains($"[{code}]", Export("room.zip", [.. all[..at], .. all[(at + 2)..]]).Error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(book.Run.In("room.zip")));
        var bundle = Written("room.zip", ["--released-by", "H. of Mission", "--to", "An inquiry", "--reason", "Letter 12"]);
        Assert.Contains("the mill", Read(bundle), StringComparison.Ordinal);
        Assert.Contains("It was released by H. of Mission to An inquiry. Reason: Letter 12. The release is an entry of the record and is in this copy.", Lacks(bundle), StringComparison.Ordinal);
        var listed = Python(book.Run, "-c", "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read('opened/000.jsonl').decode())", bundle).Output;
        Assert.Contains("application/vnd.safeconduct.release+json", listed, StringComparison.Ordinal);
        Assert.Equal(2, Export("x.zip", [.. Parties, "--reason", "none needed"]).Exit);
    }

    [Fact]
    public void A_copy_carries_the_papers_that_its_readers_may_have_and_no_empty_ones()
    {
        Assert.SkipUnless(Running.Has("python3"), "python3 is not on this machine");
        Assert.Equal("LACKS.txt METHOD.txt report-not-published.html statements.jsonl statements.txt", Papers(Written("papers-parties.zip", Parties)));
        Assert.Equal("LACKS.txt METHOD.txt places-without-positions.geojson report-not-published.html statements.jsonl statements.txt", Papers(Written("papers-public.zip", ["--for", "public"])));
        Assert.Equal("LACKS.txt METHOD.txt statements.jsonl statements.txt", Papers(Written("papers-part.zip", [.. Parties, "--only", "Valley council"])));

        string Papers(string bundle) => Python(book.Run, "-c", "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(*[n[8:] for n in z.namelist() if n.startswith('reading/') and z.getinfo(n).file_size])", bundle).Output.Trim();
    }

    [Fact]
    public void A_folder_in_use_is_refused_before_anything_is_released()
    {
        Directory.CreateDirectory(book.Run.In("used"));
        File.WriteAllText(book.Run.In("used/mine.txt"), "mine");
        var before = book.Run.Safeconduct("verify", "book", "--json").Output;
        var refused = Export("used", ["--released-by", "H. of Mission", "--to", "An inquiry", "--reason", "Letter 12"]);
        Assert.Contains("[bundle.folder-in-use]", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, book.Run.Safeconduct("verify", "book", "--json").Output);
        Assert.Equal("mine", File.ReadAllText(book.Run.In("used/mine.txt")));
    }

    // Each makes a ZIP with Python's own library from a good one, and says by which code both checkers must refuse it.
    [Theory]
    [InlineData("bundle.name", "add('../../escaped.txt')")]
    [InlineData("bundle.name", "add('/tmp/escaped.txt')")]
    [InlineData("bundle.name", "add('reading/../../escaped.txt')")]
    [InlineData("bundle.name", "add('C:/escaped.txt')")]
    [InlineData("bundle.name", "add('a' + chr(92) + 'escaped.txt')")]
    [InlineData("bundle.name", "add('.hidden')")]
    [InlineData("bundle.name", "add('a//b')")]
    [InlineData("bundle.name", "add('folder/')")]
    [InlineData("bundle.name", "add('caf' + chr(0xe9))")]
    [InlineData("bundle.name", "add('cafe' + chr(0x301))")]
    [InlineData("bundle.name", "add(chr(27) + '[2J')")]
    [InlineData("bundle.name", "add('x' * 201)")]
    [InlineData("bundle.name", "add('a@b'); data = data.replace(b'a@b', b'a' + bytes(1) + b'b')")]
    [InlineData("bundle.name-twice", "add('MANIFEST')")]
    [InlineData("bundle.name-twice", "add('manifest')")]
    [InlineData("bundle.zip", "i = zipfile.ZipInfo('link'); i.external_attr = 0o120777 << 16; i.create_system = 3; put(i, '/etc/passwd')")]
    [InlineData("bundle.zip", "i = zipfile.ZipInfo('bomb'); i.compress_type = zipfile.ZIP_DEFLATED; put(i, bytes(50_000_000))")]
    [InlineData("bundle.zip", "data = b'before' + data")]
    [InlineData("bundle.zip", "data = data + b'behind'")]
    [InlineData("bundle.zip", "data = data[:len(data) // 2]")]
    [InlineData("bundle.zip", "data = overlapping()")]
    public void A_hostile_ZIP_is_refused_by_both_checkers_and_writes_nothing(string code, string make)
    {
        Assert.SkipUnless(Running.Has("python3"), "python3 is not on this machine");
        var good = Written("good.zip", Parties);
        using var away = new Running();
        File.WriteAllText(away.In("make.py"), $$"""
            import io, struct, sys, warnings, zipfile
            warnings.simplefilter("ignore")
            data = open(sys.argv[1], "rb").read()
            def put(info, body):
                global data
                buffer = io.BytesIO(data)
                with zipfile.ZipFile(buffer, "a") as z:
                    z.writestr(info, body)
                data = buffer.getvalue()
            def add(name):
                put(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), b"escaped")
            def overlapping():
                # A thousand names for one member of a megabyte.
                body = bytes(1_000_000)
                local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0x800, 0, 0, 0x21, 0, len(body), len(body), 4, 0) + b"0000" + body
                central = b"".join(struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0x800, 0, 0, 0x21, 0, len(body), len(body), 4, 0, 0, 0, 0, 0, 0) + b"%04d" % i for i in range(1000))
                return local + central + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1000, 1000, len(central), len(local), 0)
            {{make}}
            open("hostile.zip", "wb").write(data)
            """);
        var made = Python(away, "make.py", good);
        Assert.True(made.Exit == 0, made.Error);
        File.Delete(away.In("make.py"));
        var verifier = Path.Combine(Running.Root, "formats", "verify.py");
        foreach (var ran in (Ran[])[Python(away, verifier, "hostile.zip", "--read"), away.Safeconduct("verify", "hostile.zip")])
        {
            Assert.True(ran.Exit == 1, ran.Output + ran.Error);
            Assert.Contains(code, ran.Output, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', ran.Output + ran.Error);
            Assert.Equal([away.In("hostile.zip")], Directory.EnumerateFileSystemEntries(away.Folder));
        }
    }

    [Fact]
    public void A_link_in_the_folder_of_a_bundle_is_not_followed_by_either_checker()
    {
        Assert.SkipUnless(Running.Has("python3"), "python3 is not on this machine");
        Written("linked", Parties);
        File.CreateSymbolicLink(book.Run.In("linked/reading/secret.txt"), "/etc/passwd");
        var ours = book.Run.Safeconduct("verify", "linked");
        Assert.Equal(1, ours.Exit);
        Assert.Contains("[bundle.link]", ours.Error, StringComparison.Ordinal);
        var theirs = Python(book.Run, Path.Combine(Running.Root, "formats", "verify.py"), "linked");
        Assert.Equal(1, theirs.Exit);
        Assert.Contains("bundle.link  reading/secret.txt", theirs.Output, StringComparison.Ordinal);
    }

    private static Ran Python(Running where, params string[] arguments) => Running.Start("python3", ["-I", .. arguments], where.Folder);

    private Ran Export(string output, string[] arguments) => book.Run.Safeconduct(["export", "book", "--format", "bundle", "--output", output, .. arguments]);

    private string Written(string output, string[] arguments)
    {
        if (!File.Exists(book.Run.In(output)) && !Directory.Exists(book.Run.In(output)))
        {
            var ran = Export(output, arguments);
            Assert.True(ran.Exit == 0, ran.Output + ran.Error);
        }

        return book.Run.In(output);
    }

    private string Read(string bundle) => Verified(bundle, "--read");

    private string Lacks(string bundle) => Verified(bundle, "--lacks");

    private string Verified(string bundle, string flag)
    {
        var ran = Python(book.Run, Path.Combine(Running.Root, "formats", "verify.py"), bundle, flag);
        Assert.True(ran.Exit == 0, ran.Output + ran.Error);
        return ran.Output;
    }
}
