using System.Text;
using System.Text.RegularExpressions;
using Gateway.Definition;
using Gateway.Mapping;
using Gateway.Velocity;

namespace Gateway;

/// <summary>A call to the service behind an integration.</summary>
public sealed record ServiceRequest(string Method, string Path, string QueryString, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>What the service answered.</summary>
public sealed record ServiceReply(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>Calls the service; throws only where it does not answer.</summary>
public delegate Task<ServiceReply> ServiceCall(ServiceRequest request, CancellationToken cancellationToken);

/// <summary>Integration request and integration response: maps a request to a call, and the answer to a reply.</summary>
internal sealed class Integrations(RestApi api, ServiceCall service, TimeProvider time)
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <exception cref="GatewayRefusal">No template takes the type, a template fails, or the service does not answer.</exception>
    public async Task<GatewayReply> RunAsync(
        IntegrationDefinition integration, GatewayRequest request, ContextVariables context, CancellationToken cancellationToken)
    {
        var body = MapRequest(integration, request, context);
        var reply = integration.Type == "MOCK" ? Mock(body) : await CallAsync(ToCall(integration, request, context, body), integration, cancellationToken);
        context["integration"] = new VelocityMap { ["status"] = (long)reply.Status };
        return MapResponse(integration, request, context, reply);
    }

    private string MapRequest(IntegrationDefinition integration, GatewayRequest request, ContextVariables context)
    {
        var isBinary = request.IsBinary(api.BinaryMediaTypes);
        var template = integration.Templates.GetValueOrDefault(request.MediaType) ?? integration.Templates.GetValueOrDefault("$default");
        var body = request.BodyText(isBinary && integration.ContentHandling == "CONVERT_TO_TEXT");
        if (template is not null) return Render(template, body, request, context);
        if (integration.Passthrough == "NEVER" || (integration.Passthrough == "WHEN_NO_TEMPLATES" && integration.Templates.Count > 0))
            throw new GatewayRefusal("UNSUPPORTED_MEDIA_TYPE");
        return body;
    }

    private string Render(VelocityTemplate template, string body, GatewayRequest request, ContextVariables context)
    {
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["input"] = new TemplateInput(body, request.Parameters),
            ["util"] = new TemplateUtil(),
            ["context"] = context,
            ["stageVariables"] = VelocityMap.Of(api.Stage.Variables),
        };
        try
        {
            return template.Render(variables);
        }
        catch (VelocityException fault)
        {
            throw new GatewayRefusal("API_CONFIGURATION_ERROR", fault.Message, fault);
        }
    }

    private ServiceRequest ToCall(IntegrationDefinition integration, GatewayRequest request, ContextVariables context, string body)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" };
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (target, expression) in integration.Parameters)
        {
            if (Value(expression, request, context) is not { } value) continue;
            if (target.Split('.', 4) is ["integration", "request", "header", var header]) headers[header] = value;
            else if (target.Split('.', 4) is ["integration", "request", "querystring", var name]) query[name] = value;
        }

        Override(context, "header", headers);
        Override(context, "querystring", query);
        var path = integration.Path.Split('?', 2);
        var pairs = query.Select(entry => $"{Uri.EscapeDataString(entry.Key)}={Uri.EscapeDataString(entry.Value)}").ToList();
        if (path.Length > 1) pairs.Insert(0, path[1]);
        return new ServiceRequest(
            integration.HttpMethod, path[0], pairs.Count == 0 ? "" : "?" + string.Join('&', pairs), headers, Encoding.UTF8.GetBytes(body));
    }

    private static void Override(ContextVariables context, string kind, Dictionary<string, string> target)
    {
        foreach (var (name, value) in (VelocityMap)context.RequestOverride[kind]!) target[name] = JavaText.Of(value);
    }

    /// <summary>What a parameter mapping gives: a text in single quotes, or a value of request, context or stage.</summary>
    private string? Value(string expression, GatewayRequest request, ContextVariables context)
    {
        if (expression is ['\'', .. var text, '\'']) return text;
        if (expression.StartsWith("context.", StringComparison.Ordinal))
            return context.Find(expression["context.".Length..]) is { } value ? JavaText.Of(value) : null;
        if (expression.StartsWith("stageVariables.", StringComparison.Ordinal))
            return api.Stage.Variables.GetValueOrDefault(expression["stageVariables.".Length..]);
        return request.Find(expression);
    }

    private async Task<ServiceReply> CallAsync(ServiceRequest call, IntegrationDefinition integration, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(integration.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await service(call, both.Token);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new GatewayRefusal("INTEGRATION_TIMEOUT", cause: late);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or ObjectDisposedException)
        {
            throw new GatewayRefusal("INTEGRATION_FAILURE", cause: failure);
        }
    }

    /// <summary>A mock answers with the status that the request template renders.</summary>
    private static ServiceReply Mock(string body)
    {
        var status = JsonValues.Parse(body, out _) is VelocityMap map && map.GetValueOrDefault("statusCode") is long code ? (int)code : 500;
        return new ServiceReply(status, new Dictionary<string, string>(StringComparer.Ordinal), []);
    }

    private GatewayReply MapResponse(IntegrationDefinition integration, GatewayRequest request, ContextVariables context, ServiceReply reply)
    {
        var response = integration.Responses.FirstOrDefault(each => each.SelectionPattern is { } pattern && Selects(pattern, reply.Status))
            ?? integration.Responses.FirstOrDefault(each => each.SelectionPattern is null)
            ?? throw new GatewayRefusal("API_CONFIGURATION_ERROR", $"no integration response takes the status {reply.Status}");
        var template = response.Templates.GetValueOrDefault(request.Header("Accept") ?? "") ?? response.Templates.GetValueOrDefault("application/json")
            ?? response.Templates.Values.FirstOrDefault();
        var text = Encoding.UTF8.GetString(reply.Body);
        var body = template is null ? text : Render(template, text, request, context);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (integration.Type != "MOCK" || body.Length > 0) headers["Content-Type"] = "application/json";
        AddHeaders(response, request, context, reply, headers);
        // API Gateway ignores a status that is none.
        var status = context.ResponseOverride.GetValueOrDefault("status") is long and >= 100 and < 600 and var chosen ? (int)chosen : response.StatusCode;
        return new GatewayReply(status, Encoding.UTF8.GetBytes(body), headers);
    }

    private void AddHeaders(
        IntegrationResponse response, GatewayRequest request, ContextVariables context, ServiceReply reply, Dictionary<string, string> headers)
    {
        foreach (var (target, expression) in response.Parameters)
        {
            if (target.Split('.', 4) is not ["method", "response", "header", var header]) continue;
            var value = expression.Split('.', 4) is ["integration", "response", "header", var name]
                ? reply.Headers.GetValueOrDefault(name)
                : Value(expression, request, context);
            if (value is not null) headers[header] = value;
        }

        foreach (var (name, value) in (VelocityMap)context.ResponseOverride["header"]!) headers[name] = JavaText.Of(value);
    }

    private static bool Selects(string pattern, int status)
        => Regex.IsMatch(status.ToString(System.Globalization.CultureInfo.InvariantCulture), $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant,
            PatternTimeout);
}
