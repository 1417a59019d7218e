using System.Diagnostics;
using System.Net;

namespace SetGet.Benchmarks.Http;

/// <summary>How long answers took at a constant rate, in milliseconds, and what each cost its server.</summary>
internal sealed record Latencies(double Median, double Percentile99, double ProcessorMicroseconds);

/// <summary>
/// Requests at a constant rate over some connections, on one thread. A request counts from the moment when it was due, whether or not its connection
/// was free by then: a server that stops for a while pays for all the requests that it kept from being sent (no coordinated omission).
/// </summary>
/// <remarks>wrk has no rate; timers of .NET are as coarse as the answers are fast, and waiting in a loop would take the processor from the server.</remarks>
internal static class PacedLoad
{
    /// <exception cref="InvalidOperationException">An answer was not 200, or a connection was closed.</exception>
    internal static Task<Latencies> RunAsync(HttpTarget target, int connections, double requestsPerSecond, int seconds, CancellationToken cancellationToken)
        => Task.Factory.StartNew(
            () => Run(target, connections, requestsPerSecond, seconds, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Latencies Run(HttpTarget target, int count, double requestsPerSecond, int seconds, CancellationToken cancellationToken)
    {
        var url = new Uri(target.Url);
        var connections = new List<PacedConnection>();
        try
        {
            for (var i = 0; i < count; i++)
                connections.Add(new PacedConnection(new IPEndPoint(IPAddress.Parse(url.Host), url.Port), Head(target)));
            var took = new long[(int)(requestsPerSecond * seconds)];
            var used = target.Server.ProcessorTime;
            new Schedule(connections, Stopwatch.Frequency / requestsPerSecond, took).Run(cancellationToken);
            var cost = (target.Server.ProcessorTime - used).TotalMicroseconds / took.Length;
            Array.Sort(took);
            return new Latencies(Milliseconds(took[took.Length / 2]), Milliseconds(took[took.Length * 99 / 100]), cost);
        }
        finally
        {
            connections.ForEach(static connection => connection.Dispose());
        }
    }

    private static string Head(HttpTarget target)
        => $"GET {target.Path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{(target.Header is null ? "" : target.Header + "\r\n")}\r\n";

    private static double Milliseconds(long ticks) => Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds;

    /// <summary>Which request is due when, on which connection: they take turns.</summary>
    private sealed class Schedule(List<PacedConnection> connections, double interval, long[] took)
    {
        private readonly Readiness.Watched[] _watched = [.. connections.Select(static connection => new Readiness.Watched(connection.Descriptor))];
        private readonly int[] _next = [.. Enumerable.Range(0, connections.Count)];
        private readonly long _start = Stopwatch.GetTimestamp();

        internal void Run(CancellationToken cancellationToken)
        {
            var answers = 0;
            while (answers < took.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Readiness.Wait(_watched, Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), SendWhatIsDue()));
                for (var i = 0; i < connections.Count; i++)
                    if (_watched[i].IsReady && connections[i].Receive())
                    {
                        took[_next[i]] = Stopwatch.GetTimestamp() - Due(i);
                        _next[i] += connections.Count;
                        answers++;
                    }
            }
        }

        /// <summary>Answers when the next request is due.</summary>
        private long SendWhatIsDue()
        {
            var earliest = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
            for (var i = 0; i < connections.Count; i++)
            {
                if (connections[i].IsWaiting || _next[i] >= took.Length) continue;
                if (Due(i) <= Stopwatch.GetTimestamp()) connections[i].Send();
                else earliest = Math.Min(earliest, Due(i));
            }

            return earliest;
        }

        private long Due(int connection) => _start + (long)(_next[connection] * interval);
    }
}
