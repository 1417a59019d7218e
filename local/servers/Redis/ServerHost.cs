using System.Net;
using System.Net.Sockets;
using Garnet;
using Garnet.server.Auth.Settings;
using Microsoft.Extensions.Logging;

namespace Redis;

/// <summary>Starts Garnet, runs it until the process is told to stop, and stops it with all that it has on disk.</summary>
internal static class ServerHost
{
    public static async Task<int> RunAsync(ServerOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        using var logging = LoggerFactory.Create(builder => builder
            .SetMinimumLevel(LogLevel.Warning)
            // Garnet warns that it logs here, and not by its own options: that is meant.
            .AddFilter("ArgParser", LogLevel.Error)
            .AddSimpleConsole(console => console.SingleLine = true));
        try
        {
            await ServeAsync(options, output, logging, cancellationToken);
            return 0;
        }
        catch (StartException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task ServeAsync(ServerOptions options, TextWriter output, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        using var data = options.DataFolder is { } path ? DataFolder.Open(path) : null;
        var port = ListeningPort(options.Port);
        using var server = Start(options with { Port = port }, data, logging);
        var storage = data is null ? "data in memory only" : $"data in {data.Path}";
        var version = typeof(GarnetServer).Assembly.GetName().Version?.ToString(3);
        await output.WriteLineAsync($"Redis (Garnet {version}) on localhost:{port} ({storage}). Loopback only.");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static GarnetServer Start(ServerOptions options, DataFolder? data, ILoggerFactory logging)
    {
        GarnetServer? server = null;
        try
        {
            var password = options.Password is { Length: > 0 } secret ? new PasswordAuthenticationSettings(secret) : null;
            server = new GarnetServer(GarnetArguments.Of(options, data), logging, cleanupDir: false, authenticationSettingsOverride: password);
            server.Start();
            return server;
        }
        catch (Exception exception) when (data is not null && exception is not SocketException)
        {
            server?.Dispose();
            throw new StartException(
                $"The data in {data.Path} cannot be recovered: {exception.Message.TrimEnd('.')}. Move the folder away to begin with nothing.");
        }
    }

    /// <summary>The port, once it is known to be free: the server itself would say less clearly that it is not.</summary>
    private static int ListeningPort(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException exception)
        {
            throw new StartException($"--port {port} cannot be listened on: {exception.Message}. Choose another, or end the process that has it.");
        }
    }
}

/// <summary>Why the server cannot start, in words for whom starts it.</summary>
internal sealed class StartException(string message) : Exception(message);
