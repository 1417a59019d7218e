using System.Diagnostics;
using System.Text;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Overload;

/// <summary>How another account fares: it sets an event now and then, waits for it, and reads.</summary>
/// <param name="Get">Milliseconds of a read, median and 99th percentile.</param>
/// <param name="Arrival">Milliseconds from a set's answer until it is readable, likewise.</param>
internal sealed record Neighbour((double Median, double P99) Get, (double Median, double P99) Arrival)
{
    internal static async Task<Neighbour> WatchAsync(World world, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = world.Apis[0].Address, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Add("X-Api-Key", World.RootKey);
        var (gets, arrivals) = (new List<double>(), new List<double>());
        var watch = Stopwatch.StartNew();
        for (var number = 0; watch.Elapsed < duration; number++)
        {
            var key = $"neighbour-{Guid.NewGuid():N}";
            using var content = new StringContent($$"""{"accountId":"zeta","flowId":"quiet","webhookKeys":["{{key}}"],"data":{{number}}}""", Encoding.UTF8, "application/json");
            using var set = await http.PostAsync(new Uri("set", UriKind.Relative), content, cancellationToken);
            arrivals.Add(await TimeAsync(http, $"get/{key}?account=zeta&wait=20", cancellationToken));
            for (var read = 0; read < 10; read++) gets.Add(await TimeAsync(http, $"get/{key}?account=zeta", cancellationToken));
        }

        return new Neighbour(Of(gets), Of(arrivals));
    }

    private static async Task<double> TimeAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static (double Median, double P99) Of(List<double> times)
    {
        times.Sort();
        return (times[times.Count / 2], times[(int)(times.Count * 0.99)]);
    }
}
