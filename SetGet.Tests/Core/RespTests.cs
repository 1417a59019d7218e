using System.Text;
using SetGet.Core.Redis;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Core;

/// <summary>Bytes that are no answer of Redis, or one that nobody asked for: the client reads them, and SetGet says that Redis does not answer as it should.</summary>
[Needs(Needs.RedisServer)]
public sealed class RespTests
{
    private const long MostAllocated = 256 * 1024 * 1024;
    private const int Rounds = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly CancellationToken None = CancellationToken.None;

    public static TheoryData<string> Answers =>
    [
        "\0\0\0\0", "HTTP/1.1 400 Bad Request\r\n\r\n", "!!!!\r\n", "\r\n", "-\r\n", ":abc\r\n", ":99999999999999999999\r\n", "(1234567890\r\n", ",nan\r\n", "#x\r\n", "_\r\n",
        // Lengths: too long for anything, negative, wrong, none.
        "$9999999999999999999\r\n", "$2147483647\r\nx", "$-7\r\n", "$3\r\nhello\r\n", "$?\r\n", "$\r\n\r\n", "*2147483647\r\n", "*-9\r\n", "%1\r\n+a\r\n", "=5\r\nhello\r\n", "~1\r\n+a\r\n",
        // Of another kind than was asked for.
        "+OK\r\n", ":1\r\n", "$-1\r\n", "*0\r\n", "*-1\r\n", "*2\r\n:1\r\n:2\r\n", "*2\r\n*0\r\n*0\r\n", "*3\r\n$1\r\nn\r\n$1\r\n\u0001\r\n$-1\r\n", ">2\r\n+message\r\n+x\r\n",
        // To somewhere else.
        "-MOVED 99999 nowhere\r\n", "-MOVED 1\r\n", "-MOVED 1 127.0.0.1:1\r\n", "-ASK 1 127.0.0.1:1\r\n", "-ASK\r\n",
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public Task AnAnswer_ThatIsNone_IsRedisNotAnswering(string answer) => TryAsync(Encoding.UTF8.GetBytes(answer));

    [Fact]
    public Task AnAnswer_NestedWithoutEnd_IsRedisNotAnswering() => TryAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("*1\r\n", 50_000))));

    [Fact]
    public Task AnAnswer_ThatDoesNotEnd_IsRedisNotAnswering() => TryAsync(Encoding.ASCII.GetBytes("+" + new string('x', 4 * 1024 * 1024)));

    private static async Task TryAsync(byte[] answer)
    {
        await using var server = await StoreServer.StartAsync(StoreServer.Redis);
        await using var wire = new Wire(server.Port, "");
        using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{wire.Port},abortConnect=false,connectTimeout=1000,syncTimeout=2000,asyncTimeout=2000");
        var f = StoreFixture.Over(redis);
        await f.StoreAsync(f.Envelope("data", f.Time.Now));
        var before = GC.GetTotalAllocatedBytes();

        wire.Answer(answer);
        await ReadAsync(f).WaitAsync(Patience);
        wire.Answer(null);

        Assert.Equal("data", await UntilItAnswersAsync(f).WaitAsync(Patience));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, MostAllocated);
    }

    // Some of it can be taken for an answer. Whatever is thrown has to be of the one kind that everybody expects.
    private static async Task ReadAsync(StoreFixture f)
    {
        for (var round = 0; round < Rounds; round++)
        {
            try
            {
                await f.Store.GetNewestAsync(f.Account, "key", None);
                await f.Calls.RunAsync(db => db.StringGetAsync("nothing"), None);
            }
            catch (RedisUnavailableException)
            {
                // As it should be.
            }
        }
    }

    private static async Task<string?> UntilItAnswersAsync(StoreFixture f)
    {
        while (true)
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
    }
}
