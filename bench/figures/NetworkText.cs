using Safeconduct.Situation.Networks;

namespace Safeconduct.Bench.Figures;

/// <summary>Reads the lines that <see cref="Generate"/> writes, from bytes and in one pass. Names and true values are passed over; which claims are wrong is kept for judging answers.</summary>
internal ref struct NetworkText
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    private NetworkText(ReadOnlySpan<byte> text) => _text = text;

    public static (Network Network, IReadOnlySet<int> Wrong) Read(ReadOnlySpan<byte> text) => new NetworkText(text).Read();

    private (Network Network, IReadOnlySet<int> Wrong) Read()
    {
        var builder = new NetworkBuilder();
        var terms = new List<(int Quantity, int Coefficient)>();
        var wrong = new HashSet<int>();
        while (_at < _text.Length)
        {
            switch ((char)_text[_at])
            {
                case 'v':
                    builder.Quantity();
                    break;
                case 'e':
                    Rule(builder, terms);
                    break;
                case 'c':
                    Claim(builder, wrong);
                    break;
                default:
                    throw new FormatException(FormattableString.Invariant($"Unknown line at byte {_at}."));
            }

            _at += _text[_at..].IndexOf((byte)'\n') + 1;
        }

        return (builder.Build(), wrong);
    }

    private void Rule(NetworkBuilder builder, List<(int Quantity, int Coefficient)> terms)
    {
        terms.Clear();
        _at++;
        while (_text[_at] != '\n')
        {
            var coefficient = (int)Number();
            terms.Add(((int)Number(), coefficient));
        }

        builder.Equation(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(terms));
    }

    private void Claim(NetworkBuilder builder, HashSet<int> wrong)
    {
        _at++;
        var (quantity, low, high) = ((int)Number(), Number(), Number());
        _at++;
        var source = (int)Number();
        var claim = builder.Claim(quantity, low, high < 0 ? null : high, source);
        if (Number() == 1)
        {
            wrong.Add(claim);
        }
    }

    /// <summary>Passes one separator, then reads.</summary>
    private long Number()
    {
        _at++;
        var negative = _text[_at] == '-';
        _at += negative ? 1 : 0;
        long number = 0;
        for (; _at < _text.Length && _text[_at] is >= (byte)'0' and <= (byte)'9'; _at++)
        {
            number = (number * 10) + (_text[_at] - '0');
        }

        return negative ? -number : number;
    }
}
