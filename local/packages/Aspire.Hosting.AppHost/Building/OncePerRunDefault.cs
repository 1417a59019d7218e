using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Building;

/// <summary>
/// A generated value that stays the same for as long as its app host runs: every reader gets the one that the first got.
/// Nothing is written to disk, because what it protects is started with it anew each time.
/// </summary>
internal sealed class OncePerRunDefault : ParameterDefault
{
    private readonly ParameterDefault _inner;
    private readonly Lazy<string> _value;

    public OncePerRunDefault(IDistributedApplicationBuilder builder, string name, ParameterDefault inner)
    {
        _inner = inner;
        _value = new Lazy<string>(() =>
        {
            var value = inner.GetDefaultValue();
            builder.Configuration[$"Parameters:{name}"] = value;
            return value;
        });
    }

    public override string GetDefaultValue() => _value.Value;

    public override void WriteToManifest(ManifestPublishingContext context) => _inner.WriteToManifest(context);
}
