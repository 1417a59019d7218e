using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>The calls of <c>aspire.v1.DashboardService</c>.</summary>
internal sealed class ResourceService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly ResourceCommandService _commands;
    private readonly string _applicationName;

    public ResourceService(
        ResourceNotificationService notifications,
        ResourceLoggerService loggers,
        ResourceCommandService commands,
        DistributedApplicationOptions options,
        IConfiguration configuration)
    {
        _notifications = notifications;
        _loggers = loggers;
        _commands = commands;
        var name = options.DashboardApplicationName ?? configuration["AppHost:Name"] ?? Assembly.GetEntryAssembly()?.GetName().Name ?? "";
        _applicationName = name.EndsWith(".AppHost", StringComparison.OrdinalIgnoreCase) ? name[..^".AppHost".Length] : name;
    }

    public async Task GetApplicationInformationAsync(GrpcCall call, CancellationToken cancellationToken)
        => await call.WriteAsync(new ProtoWriter().Text(1, _applicationName), cancellationToken);

    /// <summary>One message with everything there is, and then what changes.</summary>
    public async Task WatchResourcesAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        using var watch = _notifications.Subscribe();
        await call.WriteAsync(
            new ProtoWriter().Message(1, initial => initial.Messages(1, watch.Present, ResourceMessage.Write)),
            cancellationToken);
        while (await watch.Changes.WaitToReadAsync(cancellationToken))
        {
            // Of several changes of one resource the last counts.
            var latest = new Dictionary<string, ResourceEvent>(StringComparer.Ordinal);
            while (watch.Changes.TryRead(out var change))
                latest[change.ResourceId] = change;
            await call.WriteAsync(
                new ProtoWriter().Message(2, changes => changes
                    .Messages(1, latest.Values, (w, change) => w.Message(2, upsert => ResourceMessage.Write(upsert, change)))),
                cancellationToken);
        }
    }

    public async Task WatchResourceConsoleLogsAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        var (texts, numbers) = ProtoReader.Read(await RequestAsync(call, cancellationToken));
        var resource = texts.GetValueOrDefault(1, "");
        var batches = numbers.GetValueOrDefault(2) != 0
            ? _loggers.GetAllAsync(resource)
            : _loggers.WatchAsync(resource, cancellationToken);
        await foreach (var lines in batches.WithCancellation(cancellationToken))
            await call.WriteAsync(
                new ProtoWriter().Messages(1, lines, (w, line) => w
                    .Text(1, line.Content)
                    .OptionalNumber(2, line.IsErrorMessage ? 1 : 0)
                    .Number(3, line.LineNumber)),
                cancellationToken);
    }

    public async Task ExecuteResourceCommandAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        var (texts, _) = ProtoReader.Read(await RequestAsync(call, cancellationToken));
        var result = await _commands.ExecuteCommandAsync(texts.GetValueOrDefault(2, ""), texts.GetValueOrDefault(1, ""), cancellationToken);
        var kind = result.Success ? 1 : result.Canceled ? 3 : 2;
        await call.WriteAsync(new ProtoWriter().Number(1, kind).OptionalText(2, result.ErrorMessage), cancellationToken);
    }

    /// <summary>This app host asks its user nothing: the stream stays open, and silent.</summary>
    public static async Task WatchInteractionsAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        while (await call.ReadAsync(cancellationToken) is not null)
        {
            // What the dashboard says of interactions that were never begun is of no interest.
        }
    }

    private static async Task<byte[]> RequestAsync(GrpcCall call, CancellationToken cancellationToken)
        => await call.ReadAsync(cancellationToken) ?? throw new InvalidDataException("The request has no message.");
}
