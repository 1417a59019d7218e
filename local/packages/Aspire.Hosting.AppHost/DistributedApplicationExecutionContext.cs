namespace Aspire.Hosting;

/// <summary>What the app host was started for.</summary>
public enum DistributedApplicationOperation
{
    Run,
    Publish,
}

/// <summary>Tells the composition whether it will run here or is published.</summary>
public class DistributedApplicationExecutionContext
{
    private readonly DistributedApplicationExecutionContextOptions? _options;

    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
        : this(operation, "manifest")
    {
    }

    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName)
    {
        Operation = operation;
        PublisherName = publisherName;
    }

    public DistributedApplicationExecutionContext(DistributedApplicationExecutionContextOptions options)
        : this(options?.Operation ?? throw new ArgumentNullException(nameof(options)), options.PublisherName ?? "manifest")
        => _options = options;

    public string PublisherName { get; set; }

    public DistributedApplicationOperation Operation { get; }

    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    public IServiceProvider ServiceProvider => _options?.ServiceProvider
        ?? throw new InvalidOperationException("There are no services before the application is built.");
}

/// <summary>What an execution context is made of.</summary>
public class DistributedApplicationExecutionContextOptions
{
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation) => Operation = operation;

    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation, string publisherName)
        : this(operation)
        => PublisherName = publisherName;

    public DistributedApplicationOperation Operation { get; }

    public string? PublisherName { get; }

    public IServiceProvider? ServiceProvider { get; set; }
}
