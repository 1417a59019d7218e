using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Redis.Tests;

/// <summary>Killed at random instants under load, the server has all that it ever answered for.</summary>
public sealed class KillTests
{
    private const int Kills = 4;
    private const int Writers = 16;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Kill_AtRandomInstants_LosesNothingThatWasAcknowledged()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        var ledger = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        for (var kill = 0; kill < Kills; kill++)
        {
            // A small log, so that checkpoints are killed too.
            await using var server = await RedisProcess.StartAsync(folder.Path, null, "--compact-at", "1m");
            await using var connection = await server.ConnectAsync();
            await CheckAsync(connection.GetDatabase(), ledger, $"seed {seed}, before kill {kill + 1}");
            using var ended = new CancellationTokenSource();
            using var written = new SemaphoreSlim(0);
            var writers = Enumerable.Range(0, Writers).Select(w => WriteAsync(connection.GetDatabase(), ledger, w, kill, written, ended.Token)).ToArray();
            // An instant of the load, not of the clock: after so many acknowledged writes.
            for (var left = random.Next(100, 3000); left > 0; left--) Assert.True(await written.WaitAsync(Limit), "The server does not answer.");
            await server.KillAsync();
            await ended.CancelAsync();
            await Task.WhenAll(writers);
        }

        await using var last = await RedisProcess.StartAsync(folder.Path);
        await using var reconnected = await last.ConnectAsync();
        await CheckAsync(reconnected.GetDatabase(), ledger, $"seed {seed}, after the last kill");
        Assert.NotEmpty(ledger);
    }

    /// <summary>Each writer has keys of its own, and writes rising numbers: a lost write shows as a smaller number, or none.</summary>
    private static async Task WriteAsync(
        IDatabase database, ConcurrentDictionary<string, int> ledger, int writer, int round, SemaphoreSlim written, CancellationToken cancellationToken)
    {
        var padding = new string('x', 500);
        for (var i = 1; !cancellationToken.IsCancellationRequested; i++)
        {
            var (key, number) = ($"{writer}:{i % 50}", (round * 1_000_000) + i);
            try
            {
                await database.ScriptEvaluateAsync(
                    "redis.call('HSET', KEYS[1], 'n', ARGV[1], 'p', ARGV[2]) redis.call('ZADD', KEYS[2], ARGV[1], 'm')", [$"h:{{{key}}}", $"z:{{{key}}}"],
                        [number, padding]);
            }
            catch (RedisException)
            {
                // Killed: what was not answered may be there or not.
                return;
            }

            ledger[key] = number;
            written.Release();
        }
    }

    private static async Task CheckAsync(IDatabase database, ConcurrentDictionary<string, int> ledger, string when)
    {
        foreach (var (key, number) in ledger)
        {
            var hash = (int?)await database.HashGetAsync($"h:{{{key}}}", "n") ?? 0;
            var sorted = (int?)await database.SortedSetScoreAsync($"z:{{{key}}}", "m") ?? 0;
            Assert.True(hash >= number && sorted >= number, $"{key}: acknowledged {number}, found {hash} and {sorted} ({when})");
        }
    }
}
