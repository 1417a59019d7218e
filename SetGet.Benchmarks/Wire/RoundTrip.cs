using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SetGet.Benchmarks.Wire;

/// <summary>How far away a Redis is.</summary>
internal static class RoundTrip
{
    private const int Times = 21;

    /// <summary>The median of some pings.</summary>
    internal static async Task<TimeSpan> MeasureAsync(int redisPort, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, redisPort, cancellationToken);
        var answer = new byte[64];
        var times = new TimeSpan[Times];
        for (var i = 0; i < Times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await socket.SendAsync("PING\r\n"u8.ToArray(), cancellationToken);
            await socket.ReceiveAsync(answer, cancellationToken);
            times[i] = Stopwatch.GetElapsedTime(began);
        }

        Array.Sort(times);
        return times[Times / 2];
    }
}
