using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

public sealed partial class ManifestPublishingContext
{
    private readonly SortedDictionary<string, (IManifestExpressionProvider Value, string Filter)> _encoded = new(StringComparer.Ordinal);

    public void WriteConnectionString(IResource resource)
    {
        if (resource is not IResourceWithConnectionString connection)
            return;
        TryAddDependentResources(connection.ConnectionStringExpression);
        Writer.WriteString("connectionString", connection.ConnectionStringExpression.ValueExpression);
    }

    public async Task WriteEnvironmentVariablesAsync(IResource resource)
    {
        var variables = new Dictionary<string, object>(StringComparer.Ordinal);
        var context = new EnvironmentCallbackContext(ExecutionContext, resource, variables, CancellationToken);
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await callback.Callback(context);
        if (variables.Count == 0)
            return;
        Writer.WriteStartObject("env");
        foreach (var (name, value) in variables)
            Writer.WriteString(name, Expression(value));
        Writer.WriteEndObject();
    }

    public async Task WriteCommandLineArgumentsAsync(IResource resource) => WriteArguments(await ArgumentsAsync(resource));

    public void WriteBindings(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        if (endpoints.Count == 0)
            return;
        Writer.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            Writer.WriteStartObject(endpoint.Name);
            Writer.WriteString("scheme", endpoint.UriScheme);
            Writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            Writer.WriteString("transport", endpoint.Transport);
            if (endpoint.Port is { } port)
                Writer.WriteNumber("port", port);
            if (endpoint.TargetPort is { } targetPort)
                Writer.WriteNumber("targetPort", targetPort);
            if (endpoint.IsExternal)
                Writer.WriteBoolean("external", value: true);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    /// <summary>Notes the values in <paramref name="value"/> that are used encoded: each becomes a resource of its own.</summary>
    public void TryAddDependentResources(object? value)
    {
        if (value is ReferenceExpression expression)
            foreach (var (provider, format) in expression.ValueProviders.Zip(expression.StringFormats))
            {
                if (!string.IsNullOrEmpty(format) && provider is IResource resource and IManifestExpressionProvider named)
                    _encoded[EncodedValues.NameOf(resource, format)] = (named, format);
                TryAddDependentResources(provider);
            }
        else if (value is IResourceWithConnectionString connection)
            TryAddDependentResources(connection.ConnectionStringExpression);
    }

    internal void WriteEncodedValues()
    {
        foreach (var (name, (value, filter)) in _encoded)
        {
            Writer.WriteStartObject(name);
            Writer.WriteString("type", "annotated.string");
            Writer.WriteString("value", value.ValueExpression);
            Writer.WriteString("filter", filter);
            Writer.WriteEndObject();
        }
    }

    private async Task<List<string>> ArgumentsAsync(IResource resource)
    {
        var arguments = new List<object>();
        var context = new CommandLineArgsCallbackContext(arguments, resource, CancellationToken) { ExecutionContext = ExecutionContext };
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
            await callback.Callback(context);
        return [.. arguments.Select(Expression)];
    }

    private void WriteArguments(List<string> arguments)
    {
        if (arguments.Count == 0)
            return;
        Writer.WriteStartArray("args");
        foreach (var argument in arguments)
            Writer.WriteStringValue(argument);
        Writer.WriteEndArray();
    }

    private string Expression(object value)
    {
        TryAddDependentResources(value);
        return value switch
        {
            string text => text,
            IManifestExpressionProvider provider => provider.ValueExpression,
            bool flag => flag ? "true" : "false",
            IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
            _ => throw new DistributedApplicationException($"A value of type {value.GetType().Name} cannot be written to a manifest."),
        };
    }
}
