using System.Globalization;
using SetGet.Benchmarks.Latency;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Scale;

/// <summary>What reading did, and what it cost.</summary>
/// <param name="PerSecond">Requests.</param>
/// <param name="Api">Processor time of the API. Microseconds for a request.</param>
/// <param name="Redis">Processor time of redis-server. Microseconds for a request.</param>
internal sealed record ReadRate(double PerSecond, double Api, double Redis);

/// <summary>An API with its Redis, and wrk, which reads one of many keys with each request.</summary>
internal sealed record KeyLoad(string Name, EventApi Api, RedisNodes Redis, long Keys)
{
    private const int Connections = 32;

    /// <exception cref="InvalidOperationException">wrk is missing, or an answer was not a success.</exception>
    internal async Task<ReadRate> RunAsync(int seconds, CancellationToken cancellationToken)
    {
        var wrk = Tools.OnPath("wrk") ?? throw new InvalidOperationException("This benchmark needs wrk on the PATH (Debian: apt-get install wrk).");
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, Script(), cancellationToken);
            var (api, redis) = (Api.Server.ProcessorTime, Redis.ProcessorTime);
            string[] arguments = ["--threads", "1", "--connections", $"{Connections}", "--duration", $"{seconds}s", "--script", script, Api.Url];
            var output = await Tools.RunAsync(wrk, arguments, cancellationToken);
            if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
                throw new InvalidOperationException($"{Name} did not answer all requests: {output}");
            var line = output.Split('\n').Single(l => l.StartsWith("Requests/sec:", StringComparison.Ordinal));
            var perSecond = double.Parse(line.AsSpan("Requests/sec:".Length), provider: CultureInfo.InvariantCulture);
            var requests = perSecond * seconds;
            return new ReadRate(
                perSecond, (Api.Server.ProcessorTime - api).TotalMicroseconds / requests, (Redis.ProcessorTime - redis).TotalMicroseconds / requests);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private string Script() =>
        $"""
        wrk.headers['X-Api-Key'] = '{Backbone.RootKey}'
        math.randomseed(os.time())
        function request() return wrk.format('GET', '/get/order-' .. math.random(0, {Keys - 1}) .. '?account=acme') end
        """;
}
