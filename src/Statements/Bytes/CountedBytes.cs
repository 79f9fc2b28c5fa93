using System.Text.Json;
using Safeconduct.Statements.Quantities;

namespace Safeconduct.Statements.Bytes;

/// <summary>A count and a bound in the form of <c>formats/statement.md</c>, for other documents that carry them.</summary>
public static class CountedBytes
{
    public static void Write(Utf8JsonWriter json, string name, Counted counted) => json.Write(name, counted);

    public static void Write(Utf8JsonWriter json, string name, Bound bound) => json.Write(name, bound);

    /// <exception cref="RefusedException">As a statement's reader: <c>body.…</c>, <c>bound.…</c>, <c>category.…</c>.</exception>
    public static Counted Read(Fields f) => Parts.CountedOf(f);
}
