using System.Security.Cryptography;
using System.Text;

namespace SetGet.Api.Access;

/// <summary>The key from configuration that may do everything. Only its hash is kept in memory.</summary>
internal sealed class RootKey(string secret)
{
    private readonly byte[] _hash = Hash(secret);

    /// <summary>Compares in constant time, whatever the lengths are.</summary>
    public bool Is(string secret) => CryptographicOperations.FixedTimeEquals(_hash, Hash(secret));

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
