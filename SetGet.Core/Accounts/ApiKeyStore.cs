using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using SetGet.Core.Redis;

namespace SetGet.Core.Accounts;

/// <summary>
/// API keys in Redis: <c>sg_{id}_{random}</c>, of which SHA-256 is stored. What is valid is cached for at most five seconds, so a revoked
/// key stops working within five seconds everywhere. Throws <see cref="RedisUnavailableException"/>.
/// </summary>
public sealed class ApiKeyStore(RedisCalls redis, AccountDirectory directory, TimeProvider time)
{
    private static readonly RedisScript UsedScript = RedisScript.Load<ApiKeyStore>("key-used");

    private const string Prefix = "sg_";
    private const int IdLength = 16;
    private const int RandomBytes = 32;
    private const int SecretLength = 3 + IdLength + 1 + 43;
    private const int MaxUsesKnown = 10_000;

    // A worker may meet messages of a revoked key for as long as a queue keeps them; their account is still the key's.
    private static readonly TimeSpan RevokedLife = TimeSpan.FromDays(30);
    private static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    private readonly RedisCalls _redis = redis;
    private readonly AccountDirectory _directory = directory;
    private readonly TimeProvider _time = time;
    private readonly ShortCache<string, ApiKeyRecord?> _cache = new(time);
    private readonly ConcurrentDictionary<string, long> _usedAt = new(StringComparer.Ordinal);

    /// <summary>Makes a key. <paramref name="account"/> may be <see cref="ApiKey.AllAccounts"/>.</summary>
    public async Task<CreatedApiKey> CreateAsync(string account, string name, ApiKeyRoles roles, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        var id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
        var secret = $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes))}";
        var createdAt = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        var record = new ApiKeyRecord(new ApiKey(id, account, name, roles, createdAt, expiresAt, null), Hash(secret), IsRevoked: false);

        // The key first: one that is listed but does not exist would puzzle; one that works but is not listed could not be revoked,
        // so the caller gets its secret only after both.
        await _redis.DoAsync(db => db.HashSetAsync(RedisKeys.ApiKey(id), record.ToEntries()), cancellationToken);
        await _redis.RunAsync(db => db.SetAddAsync(RedisKeys.ApiKeys(account), id), cancellationToken);
        _directory.Note(account);
        return new CreatedApiKey(record.Key, secret);
    }

    /// <summary>The keys that belong to the account, oldest first, expired ones included, revoked ones not.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(string account, CancellationToken cancellationToken)
    {
        var ids = await _redis.RunAsync(db => db.SetMembersAsync(RedisKeys.ApiKeys(account)), cancellationToken);
        var records = await Task.WhenAll(ids.Select(id => ApiKeyRecord.ReadAsync(_redis, id!, cancellationToken)));
        return [.. records.Where(r => r is { IsRevoked: false }).Select(r => r!.Key).OrderBy(k => k.CreatedAt).ThenBy(k => k.Id, StringComparer.Ordinal)];
    }

    /// <summary>False when the account has no such key.</summary>
    public async Task<bool> RevokeAsync(string account, string id, CancellationToken cancellationToken)
    {
        if (!IsKeyId(id)) return false;
        var record = await ApiKeyRecord.ReadAsync(_redis, id, cancellationToken);
        if (record is null || record.IsRevoked || record.Key.Account != account) return false;
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        await _redis.RunAsync(db => db.HashSetAsync(RedisKeys.ApiKey(id), "revoked", now), cancellationToken);
        await _redis.RunAsync(db => db.KeyExpireAsync(RedisKeys.ApiKey(id), RevokedLife), cancellationToken);
        await _redis.RunAsync(db => db.SetRemoveAsync(RedisKeys.ApiKeys(account), id), cancellationToken);
        _cache.Remove(id);
        return true;
    }

    /// <summary>The key whose secret this is; null when there is none, or it is revoked or expired.</summary>
    public async Task<ApiKey?> ValidateAsync(string secret, CancellationToken cancellationToken)
    {
        if (secret.Length != SecretLength || !secret.StartsWith(Prefix, StringComparison.Ordinal) || secret[Prefix.Length + IdLength] != '_') return null;
        var id = secret.Substring(Prefix.Length, IdLength);
        if (!IsKeyId(id)) return null;
        var record = await FindRecordAsync(id, cancellationToken);
        if (record is null || record.IsRevoked || record.Key.ExpiresAt <= _time.GetUtcNow()) return null;
        if (!CryptographicOperations.FixedTimeEquals(record.SecretHash, Hash(secret))) return null;
        NoteUse(id);
        return record.Key;
    }

    /// <summary>The account of a key, also of a revoked one; null when there is no such key.</summary>
    public async Task<string?> FindAccountAsync(string id, CancellationToken cancellationToken)
        => IsKeyId(id) ? (await FindRecordAsync(id, cancellationToken))?.Key.Account : null;

    private static bool IsKeyId(string id) => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private async Task<ApiKeyRecord?> FindRecordAsync(string id, CancellationToken cancellationToken)
    {
        return _cache.TryGet(id, out var known) ? known : await _cache.AskAsync(id, () => ApiKeyRecord.ReadAsync(_redis, id, cancellationToken));
    }

    // In the background: a caller does not wait for it, and a use that is not noted harms nobody.
    private void NoteUse(string id)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (_usedAt.TryGetValue(id, out var before) && now - before < UseResolution.TotalMilliseconds) return;
        if (_usedAt.Count >= MaxUsesKnown) _usedAt.Clear();
        _usedAt[id] = now;
        _ = WriteAsync();

        async Task WriteAsync()
        {
            try
            {
                await _redis.ScriptAsync(UsedScript, [RedisKeys.ApiKey(id)], [now], CancellationToken.None);
            }
            catch (RedisUnavailableException)
            {
                _usedAt.TryRemove(id, out _);
            }
        }
    }
}
