using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Aspire.Hosting.Engine.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Redis;

/// <summary>
/// Which server plays Redis on this machine, and how it is started: <c>redis-server</c> or <c>valkey-server</c> from the PATH,
/// else Garnet. The configuration key <c>ASPIRE_REDIS_SERVER</c> (<c>redis-server</c>, <c>valkey-server</c>, <c>garnet</c> or a
/// path) decides otherwise.
/// </summary>
internal sealed partial class RedisServer
{
    private const string Key = "ASPIRE_REDIS_SERVER";
    private const string Garnet = "garnet";

    private readonly RedisResource _redis;
    private readonly IDistributedApplicationBuilder _builder;

    public RedisServer(RedisResource redis, IDistributedApplicationBuilder builder)
    {
        _redis = redis;
        _builder = builder;
    }

    public async Task<ProcessSpec> PrepareAsync(LocalProcessContext context, CancellationToken cancellationToken)
    {
        var password = _redis.PasswordParameter is { } secret ? await secret.GetValueAsync(cancellationToken) : null;
        var port = _redis.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture);
        var data = DataFolder();
        Directory.CreateDirectory(data);
        var wanted = _builder.Configuration[Key];
        var server = FindServer(wanted);
        Log.Chosen(context.Logger, server ?? Garnet);
        return server is not null
            ? new ProcessSpec
            {
                Command = server,
                Arguments = RedisArguments(port, WriteSecret(data, "redis.conf", password, RedisSecret), data),
                WorkingDirectory = data,
                Environment = context.Environment,
            }
            : new ProcessSpec
            {
                Command = CommandPath.Dotnet(),
                Arguments =
                [
                    "exec", await GarnetTool.FindAsync(context.Logger, cancellationToken),
                    .. GarnetArguments(port, WriteSecret(data, "garnet.conf", password, GarnetSecret), data),
                ],
                WorkingDirectory = data,
                Environment = context.Environment,
            };
    }

    /// <summary>The program's path, or null for Garnet.</summary>
    private static string? FindServer(string? wanted)
    {
        if (string.Equals(wanted, Garnet, StringComparison.OrdinalIgnoreCase))
            return null;
        if (!string.IsNullOrEmpty(wanted))
            return CommandPath.Find(wanted)
                ?? throw new DistributedApplicationException($"{Key} is '{wanted}', and there is no such program.");
        return CommandPath.Find("redis-server") ?? CommandPath.Find("valkey-server");
    }

    private static string RedisSecret(string password) => $"requirepass \"{password}\"\n";

    private static string GarnetSecret(string password)
        => JsonSerializer.Serialize(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["AuthenticationMode"] = "Password", ["Password"] = password });

    /// <summary>A password among the arguments would be read by everybody on the machine; this file only by its owner.</summary>
    /// <returns>The file's path; null where there is no password.</returns>
    private static string? WriteSecret(string folder, string name, string? password, Func<string, string> format)
    {
        if (password is null)
            return null;
        var path = Path.Combine(folder, name);
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(format(password));
        return path;
    }

    private List<string> RedisArguments(string port, string? secret, string data)
    {
        // A name with a hyphen in front may be missing: not every machine has IPv6.
        List<string> arguments = ["--port", port, "--bind", "127.0.0.1", "-::1", "--dir", data];
        if (secret is not null)
            arguments.Insert(0, secret);
        if (!_redis.TryGetLastAnnotation<RedisPersistenceAnnotation>(out var persistence))
            return [.. arguments, "--save", "", "--appendonly", "no"];
        // Snapshots alone lose what came after the last one; the log survives the death of the process at any moment.
        var seconds = ((long)persistence.Interval.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var keys = persistence.KeysChangedThreshold.ToString(CultureInfo.InvariantCulture);
        return [.. arguments, "--save", seconds, keys, "--appendonly", "yes"];
    }

    private List<string> GarnetArguments(string port, string? secret, string data)
    {
        List<string> arguments =
        [
            "--port", port, "--bind", "localhost",
            "--lua", "true", "--lua-transaction-mode", "true",
            "--memory", "1g", "--index", "16m",
            "--checkpointdir", data,
        ];
        if (secret is not null)
            arguments.AddRange(["--config-import-path", secret]);
        if (_redis.HasAnnotationOfType<RedisPersistenceAnnotation>())
            // The native device wants a library that not every machine has. A page of the log is at least two of the memory's. Answers wait for
            // the log: without that, what was answered just before the end of the process is lost, even where it is told to end.
            arguments.AddRange(
                ["--device-type", "RandomAccess", "--aof", "--aof-commit-wait", "true", "--aof-memory", "64m", "--aof-page-size", "32m", "--recover"]);
        return arguments;
    }

    /// <summary>A bind mount is its folder; a volume is one beside the app host; without either the data goes with the run.</summary>
    private string DataFolder()
    {
        var mount = _redis.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault();
        if (mount is { Type: ContainerMountType.BindMount })
            return mount.Source!;
        var randomized = _builder.Configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false);
        return mount is not null && !randomized
            ? Path.Combine(_builder.AppHostDirectory, ".data", mount.Source!)
            : TemporaryFolder.Of(_builder, _redis.Name);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Redis is played by {Server}.")]
        public static partial void Chosen(ILogger logger, string server);
    }
}
