namespace Aspire.Hosting.ApplicationModel;

/// <summary>Who asks for a value.</summary>
public class ValueProviderContext
{
    public DistributedApplicationExecutionContext? ExecutionContext { get; init; }

    public IResource? Caller { get; init; }
}

/// <summary>A value that is known when the application runs.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);

    ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default)
        => GetValueAsync(cancellationToken);
}

/// <summary>How a value is written in a manifest, such as <c>{redis.connectionString}</c>.</summary>
public interface IManifestExpressionProvider
{
    string ValueExpression { get; }
}

/// <summary>A value made of others.</summary>
public interface IValueWithReferences
{
    IEnumerable<object> References { get; }
}
