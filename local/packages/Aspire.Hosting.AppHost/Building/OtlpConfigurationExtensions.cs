using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting
{
    /// <summary>How telemetry is sent.</summary>
    public enum OtlpProtocol
    {
        Grpc,
        HttpProtobuf,
    }

    /// <summary>Sends the telemetry of resources to the dashboard.</summary>
    public static class OtlpConfigurationExtensions
    {
        private const string DefaultEndpoint = "http://localhost:18889";

        public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
            where T : IResourceWithEnvironment
        {
            AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment);
            return builder;
        }

        public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol)
            where T : IResourceWithEnvironment
        {
            AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment, protocol);
            return builder;
        }

        public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment)
            => Add(resource, configuration, environment, required: null);

        public static void AddOtlpEnvironment(
            IResource resource,
            IConfiguration configuration,
            IHostEnvironment environment,
            OtlpProtocol protocol)
            => Add(resource, configuration, environment, protocol);

        private static void Add(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol? required)
        {
            if (!resource.HasAnnotationOfType<OtlpExporterAnnotation>())
                resource.Annotations.Add(new OtlpExporterAnnotation());
            resource.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
            {
                if (context.ExecutionContext.IsRunMode)
                    AddVariables(context.EnvironmentVariables, resource, configuration, environment, required);
            }));
        }

        private static void AddVariables(
            Dictionary<string, object> variables,
            IResource resource,
            IConfiguration configuration,
            IHostEnvironment environment,
            OtlpProtocol? required)
        {
            var grpc = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? configuration["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"];
            var http = configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"];
            var useHttp = required == OtlpProtocol.HttpProtobuf || (required is null && grpc is null && http is not null);
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = (useHttp ? http : grpc) ?? DefaultEndpoint;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = useHttp ? "http/protobuf" : "grpc";
            variables["OTEL_SERVICE_NAME"] = resource.Name;
            variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
            if (configuration["AppHost:OtlpApiKey"] is { Length: > 0 } key)
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
            if (environment.IsDevelopment())
                AddDevelopmentVariables(variables);
        }

        // Telemetry at once and all of it, for somebody who looks at a dashboard.
        private static void AddDevelopmentVariables(Dictionary<string, object> variables)
        {
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
            variables["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
            variables["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
        }
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>The resource sends its telemetry to the dashboard.</summary>
    public class OtlpExporterAnnotation : IResourceAnnotation;
}
