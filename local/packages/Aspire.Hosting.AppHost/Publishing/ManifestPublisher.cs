using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the manifest in place of running the application (<c>--publisher manifest --output-path DIR</c>).</summary>
internal sealed partial class ManifestPublisher : IHostedService
{
    private const string DefaultFolder = "aspire-output";
    private const string FileName = "aspire-manifest.json";

    private readonly DistributedApplicationModel _model;
    private readonly DistributedApplicationExecutionContext _context;
    private readonly IDistributedApplicationEventing _eventing;
    private readonly IConfiguration _configuration;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly IServiceProvider _services;
    private readonly ILogger<ManifestPublisher> _logger;

    public ManifestPublisher(
        DistributedApplicationModel model,
        DistributedApplicationExecutionContext context,
        IDistributedApplicationEventing eventing,
        IConfiguration configuration,
        IHostApplicationLifetime lifetime,
        IServiceProvider services,
        ILogger<ManifestPublisher> logger)
    {
        _model = model;
        _context = context;
        _eventing = eventing;
        _configuration = configuration;
        _lifetime = lifetime;
        _services = services;
        _logger = logger;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_context.PublisherName != "manifest")
            throw new DistributedApplicationException(
                $"There is no publisher '{_context.PublisherName}': only 'manifest'. Others come with the official packages (AspirePackages=true).");
        await _eventing.PublishAsync(new BeforeStartEvent(_services, _model), cancellationToken);
        var path = ManifestPath(_configuration["Pipeline:OutputPath"] ?? DefaultFolder);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await WriteAsync(path, cancellationToken);
        Log.Published(_logger, path);
        _lifetime.StopApplication();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string ManifestPath(string output)
    {
        var full = Path.GetFullPath(output);
        return full.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? full : Path.Combine(full, FileName);
    }

    private async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        await using var writer = new Utf8JsonWriter(
            file,
            // Nothing in it goes into HTML: a quote or a plus may stay what it is.
            new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var context = new ManifestPublishingContext(_context, path, writer, cancellationToken);
        writer.WriteStartObject();
        writer.WriteStartObject("resources");
        foreach (var resource in _model.Resources)
            await context.WriteResourceAsync(resource);
        context.WriteEncodedValues();
        writer.WriteEndObject();
        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Published manifest to: {Path}")]
        public static partial void Published(ILogger logger, string path);
    }
}
