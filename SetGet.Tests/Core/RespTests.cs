using System.Text;
using SetGet.Core.Redis;
using SetGet.Tests.Campaign.Parts;
using StackExchange.Redis;

namespace SetGet.Tests.Core;

/// <summary>Bytes that are no answer of Redis, or one that nobody asked for: the client reads them, and SetGet says that Redis does not answer as it should.</summary>
[Needs(Needs.RedisServer)]
public sealed class RespTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Answers =
    [
        "\0\0\0\0", "HTTP/1.1 400 Bad Request\r\n\r\n", "!!!!\r\n", "\r\n", "-\r\n", ":abc\r\n", ":99999999999999999999\r\n", "(1234567890\r\n", ",nan\r\n", "#x\r\n", "_\r\n",
        // Lengths: too long for anything, negative, wrong, none. The longest that Redis has is 512 MiB; one near 2 GiB makes the client read memory that is not its own.
        "$9999999999999999999\r\n", "$536870912\r\nx", "$-7\r\n", "$3\r\nhello\r\n", "$?\r\n", "$\r\n\r\n", "*2147483647\r\n", "*-9\r\n", "%1\r\n+a\r\n", "=5\r\nhello\r\n", "~1\r\n+a\r\n",
        // Of another kind than was asked for.
        "+OK\r\n", ":1\r\n", "$-1\r\n", "*2\r\n:1\r\n:2\r\n", "*2\r\n*0\r\n*0\r\n", "*3\r\n$1\r\nn\r\n$1\r\n\u0001\r\n$-1\r\n", ">2\r\n+message\r\n+x\r\n",
        // To somewhere else.
        "-MOVED 99999 nowhere\r\n", "-MOVED 1\r\n", "-MOVED 1 127.0.0.1:1\r\n", "-ASK 1 127.0.0.1:1\r\n", "-ASK\r\n",
        // Without end.
        "+" + new string('x', 4 * 1024 * 1024), string.Concat(Enumerable.Repeat("*1\r\n", 50_000)),
    ];

    [Fact]
    public async Task Answers_ThatAreNone_AreRedisNotAnswering()
    {
        await using var server = await StoreServer.StartAsync(StoreServer.Redis);
        var faults = await Task.WhenAll(Answers.Select(answer => TryAsync(server.Port, answer))).WaitAsync(Patience);
        Assert.True(Array.TrueForAll(faults, fault => fault is null), string.Join('\n', faults.OfType<string>()));
    }

    [Fact]
    public async Task AnAnswer_ThatIsNone_IsForgotten()
    {
        await using var server = await StoreServer.StartAsync(StoreServer.Redis);
        await using var wire = new Wire(server.Port, "");
        using var redis = await ConnectAsync(wire);
        var f = StoreFixture.Over(redis);
        await f.StoreAsync(f.Envelope("data", f.Time.Now));
        wire.Answer("!!!!\r\n"u8.ToArray());
        await Assert.ThrowsAsync<RedisUnavailableException>(() => f.NewestAsync());
        wire.Answer(null);
        Assert.Equal("data", await UntilItAnswersAsync(f).WaitAsync(Patience));
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(Wire wire)
        => ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{wire.Port},abortConnect=false,connectTimeout=1000,asyncTimeout=1000");

    private static async Task<string?> TryAsync(int server, string answer)
    {
        await using var wire = new Wire(server, "");
        using var redis = await ConnectAsync(wire);
        var f = StoreFixture.Over(redis);
        await f.StoreAsync(f.Envelope("data", f.Time.Now));
        wire.Answer(Encoding.UTF8.GetBytes(answer));
        foreach (var read in new Func<Task>[] { () => f.NewestAsync(), () => f.AllAsync(), () => f.NewestAsync() })
        {
            // Some of it can be taken for an answer. What is thrown is of the one kind that everybody expects.
            if (await Record.ExceptionAsync(read) is { } fault and not RedisUnavailableException) return $"{answer[..Math.Min(40, answer.Length)]}: {fault}";
        }

        return null;
    }

    private static async Task<string?> UntilItAnswersAsync(StoreFixture f)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync())
        {
            try
            {
                if (await f.NewestAsync() is { } found) return found;
            }
            catch (RedisUnavailableException)
            {
                // The client connects anew, in its own time.
            }
        }

        return null;
    }
}
