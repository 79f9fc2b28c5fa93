using System.Text;
using Safeconduct.Intake.Texts.Proposals;

namespace Safeconduct.Intake.Texts.Original;

/// <summary>
/// One paragraph of a text, made plain for reading: without markup, with its characters mended, on one line. Each character knows where it came from, so that every span
/// points into the original, which nobody edits. One instance is filled again and again.
/// </summary>
public sealed class Block
{
    private readonly StringBuilder _plain = new();
    private int[] _starts = new int[1024];
    private int[] _ends = new int[1024];

    public string Plain { get; private set; } = "";

    /// <summary>The paragraph's stretch of the original.</summary>
    public Span Whole { get; private set; }

    /// <summary>The original's stretch of some plain characters, end excluded.</summary>
    public Span Of(int from, int to) => from < to ? new(_starts[from], _ends[to - 1]) : new(Whole.Start, Whole.Start);

    internal void Begin(int start)
    {
        _plain.Clear();
        Whole = new(start, start);
    }

    internal void Add(char plain, int start, int end)
    {
        if (_plain.Length == _starts.Length)
        {
            Array.Resize(ref _starts, _starts.Length * 2);
            Array.Resize(ref _ends, _ends.Length * 2);
        }

        _starts[_plain.Length] = start;
        _ends[_plain.Length] = end;
        _plain.Append(plain);
    }

    internal bool IsEmpty => _plain.Length == 0;

    internal char Last => _plain.Length == 0 ? ' ' : _plain[^1];

    internal void End(int end)
    {
        Plain = _plain.ToString();
        Whole = new(Whole.Start, end);
    }
}
