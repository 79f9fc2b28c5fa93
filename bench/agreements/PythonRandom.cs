namespace Safeconduct.Bench.Agreements;

/// <summary>The Mersenne Twister (Matsumoto and Nishimura, 1998) as CPython 3.11 seeds and reads it, so that a log made here is the script's log to the byte.</summary>
internal sealed class PythonRandom
{
    private const int Length = 624;
    private readonly uint[] _state = new uint[Length];
    private int _next = Length;

    public PythonRandom(uint seed)
    {
        unchecked
        {
            _state[0] = 19650218;
            for (var i = 1; i < Length; i++)
            {
                _state[i] = (1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i;
            }

            var at = 1;
            for (var k = Length; k > 0; k--)
            {
                _state[at] = (_state[at] ^ ((_state[at - 1] ^ (_state[at - 1] >> 30)) * 1664525)) + seed;
                at = Step(at);
            }

            for (var k = Length - 1; k > 0; k--)
            {
                _state[at] = (_state[at] ^ ((_state[at - 1] ^ (_state[at - 1] >> 30)) * 1566083941)) - (uint)at;
                at = Step(at);
            }

            _state[0] = 0x80000000;
        }
    }

    /// <summary>random(): 53 bits, from 0 up to but not including 1.</summary>
    public double Real() => (((Word() >> 5) * 67108864.0) + (Word() >> 6)) / 9007199254740992.0;

    /// <summary>randrange(count): bits of the number's length until one is below it.</summary>
    public int Below(int count)
    {
        var shift = System.Numerics.BitOperations.LeadingZeroCount((uint)count);
        uint drawn;
        do
        {
            drawn = Word() >> shift;
        }
        while (drawn >= count);

        return (int)drawn;
    }

    /// <summary>randrange(from, until).</summary>
    public int Between(int from, int until) => from + Below(until - from);

    private uint Word()
    {
        if (_next == Length)
        {
            for (var i = 0; i < Length; i++)
            {
                var y = (_state[i] & 0x80000000) | (_state[(i + 1) % Length] & 0x7fffffff);
                _state[i] = _state[(i + 397) % Length] ^ (y >> 1) ^ ((y & 1) * 0x9908b0df);
            }

            _next = 0;
        }

        var word = _state[_next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c5680;
        word ^= (word << 15) & 0xefc60000;
        return word ^ (word >> 18);
    }

    private int Step(int at)
    {
        if (at + 1 < Length)
        {
            return at + 1;
        }

        _state[0] = _state[Length - 1];
        return 1;
    }
}
