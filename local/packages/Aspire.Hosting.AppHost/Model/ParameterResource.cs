namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from outside: from configuration (<c>Parameters:NAME</c>), or whoever deploys.</summary>
public class ParameterResource : Resource, IManifestExpressionProvider, IValueProvider, IResourceWithoutLifetime
{
    private readonly Lazy<string> _value;

    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Secret = secret;
        _value = new Lazy<string>(() => callback(Default));
    }

    /// <summary>Whether the value is masked wherever it is shown.</summary>
    public bool Secret { get; }

    public bool IsConnectionString { get; set; }

    public ParameterDefault? Default { get; set; }

    public string? Description { get; set; }

    public bool EnableDescriptionMarkdown { get; set; }

    public string ValueExpression => $"{{{Name}.value}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(_value.Value);

    public ValueTask<string?> GetValueAsync(ValueProviderContext _, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);
}
