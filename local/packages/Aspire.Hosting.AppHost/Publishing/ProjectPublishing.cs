using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>What a project gets where it is deployed.</summary>
internal static class ProjectPublishing
{
    public static void AddEnvironment(EnvironmentCallbackContext context)
    {
        var variables = context.EnvironmentVariables;
        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        var http = context.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme == "http").ToList();
        if (http.Count == 0)
            return;
        if (!context.Resource.HasAnnotationOfType<Building.DisableForwardedHeadersAnnotation>())
            variables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        var ports = new ReferenceExpressionBuilder();
        foreach (var endpoint in http)
        {
            if (!ports.IsEmpty)
                ports.AppendLiteral(";");
            ports.AppendFormatted(new EndpointReference((IResourceWithEndpoints)context.Resource, endpoint).Property(EndpointProperty.TargetPort));
        }

        variables["HTTP_PORTS"] = ports.Build();
    }
}
