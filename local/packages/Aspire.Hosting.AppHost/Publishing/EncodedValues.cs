using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>
/// How a value with an encoding is named in a manifest: a deployer cannot encode, so that <c>{password:uri}</c> becomes
/// a resource of its own, <c>password-uri-encoded</c>.
/// </summary>
internal static class EncodedValues
{
    public static string Expression(IManifestExpressionProvider provider, string? format)
        => format is null or "" || provider is not IResource resource
            ? provider.ValueExpression
            : $"{{{NameOf(resource, format)}.value}}";

    public static string NameOf(IResource resource, string format) => $"{resource.Name}-{format}-encoded";
}
