using System.Security.Cryptography;
using Safeconduct.Record;

namespace Safeconduct.Storage.Keys;

/// <summary>Random bytes of the operating system.</summary>
public sealed class SystemEntropy : IEntropy
{
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
