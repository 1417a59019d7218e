using System.Text.Json;
using Gateway.Access;
using Gateway.Definition;
using Gateway.Mapping;
using Gateway.Schema;

namespace Gateway;

/// <summary>One stage of a REST API: method request, integration, response; in API Gateway's order.</summary>
internal sealed partial class RestApiHandler(
    RestApi api, IReadOnlyList<GivenApiKey> keys, ServiceCall service, TimeProvider time, ILogger<RestApiHandler> logger)
{
    private readonly RouteTable _routes = new(api.Methods);
    private readonly ApiKeys _keys = new(api, keys, time);
    /// <summary>By the method's logical id: a stage's limit too holds for each of its methods alone.</summary>
    private readonly Dictionary<string, TokenBucket> _throttles = api.Methods.Where(method => api.Stage.ThrottleOf(method) is not null)
        .ToDictionary(method => method.LogicalId, method => new TokenBucket(api.Stage.ThrottleOf(method)!, time));
    private readonly Integrations _integrations = new(api, service, time);

    /// <summary>Answers a request to the stage.</summary>
    /// <param name="request">Without path parameters yet.</param>
    /// <param name="context">With what the server knows of the request.</param>
    /// <param name="tooLarge">Whether the body was longer than API Gateway takes.</param>
    /// <param name="cancellationToken">Ends with the client's connection.</param>
    public async Task<GatewayReply> HandleAsync(GatewayRequest request, ContextVariables context, bool tooLarge, CancellationToken cancellationToken)
    {
        context["apiId"] = api.Id;
        context["stage"] = api.Stage.Name;
        try
        {
            var (method, parameters) = _routes.Find(request.HttpMethod, request.Segments) ?? throw new GatewayRefusal("MISSING_AUTHENTICATION_TOKEN");
            context["resourcePath"] = method.ResourcePath;
            context["resourceId"] = method.ResourceId;
            CheckKey(method, request, context);
            if (tooLarge) throw new GatewayRefusal("REQUEST_TOO_LARGE");
            var routed = request with { Parameters = request.Parameters with { Path = parameters } };
            Validate(method, routed);
            return await _integrations.RunAsync(method.Integration, routed, context, cancellationToken);
        }
        catch (GatewayRefusal refusal)
        {
            if (refusal.InnerException is not null || refusal.Type == "API_CONFIGURATION_ERROR")
                Log.Failed(logger, refusal.InnerException, request.HttpMethod, string.Join('/', request.Segments), refusal.Type, refusal.Detail);
            return GatewayResponses.Render(api, refusal, context);
        }
    }

    private void CheckKey(MethodDefinition method, GatewayRequest request, ContextVariables context)
    {
        if (method.ApiKeyRequired)
        {
            var value = request.Header("X-Api-Key");
            var refusal = _keys.Check(value, out var id);
            context.Identity["apiKey"] = value;
            context.Identity["apiKeyId"] = id;
            if (refusal is not null) throw new GatewayRefusal(refusal);
        }

        if (_throttles.TryGetValue(method.LogicalId, out var throttle) && !throttle.TryTake()) throw new GatewayRefusal("THROTTLED");
    }

    private static void Validate(MethodDefinition method, GatewayRequest request)
    {
        if (method.ValidateParameters)
        {
            var missing = method.RequiredParameters.Where(name => string.IsNullOrEmpty(request.Find(name))).Select(name => name.Split('.', 4)[^1]).ToList();
            if (missing.Count > 0) throw new GatewayRefusal("BAD_REQUEST_PARAMETERS", $"[{string.Join(", ", missing)}]");
        }

        var model = method.Models.GetValueOrDefault(request.MediaType) ?? method.Models.GetValueOrDefault("$default");
        // A type without a model is not validated: that is API Gateway's rule, and why models name $default.
        if (!method.ValidateBody || model is null) return;
        var faults = Faults(model, request.BodyText(false));
        if (faults.Count > 0) throw new GatewayRefusal("BAD_REQUEST_BODY", $"[{string.Join(", ", faults)}]");
    }

    private static IReadOnlyList<string> Faults(SchemaNode model, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, JsonValues.Options);
            return SchemaValidator.Validate(model, document.RootElement);
        }
        catch (JsonException fault)
        {
            return [$"the body is not JSON: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}"];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} ends in {Type}: {Detail}")]
        public static partial void Failed(ILogger logger, Exception? exception, string method, string path, string type, string? detail);
    }
}

/// <summary>Finds the method of a path: literals before <c>{name}</c>, that before <c>{name+}</c>.</summary>
internal sealed class RouteTable(IReadOnlyList<MethodDefinition> methods)
{
    private readonly List<MethodDefinition> _methods = [.. methods.OrderBy(Rank, StringComparer.Ordinal)];

    /// <summary>The method and its path parameters, decoded; null where there is none.</summary>
    public (MethodDefinition Method, IReadOnlyDictionary<string, string> Parameters)? Find(string httpMethod, IReadOnlyList<string> segments)
    {
        foreach (var method in _methods)
        {
            if (method.HttpMethod != httpMethod && method.HttpMethod != "ANY") continue;
            if (Match(method.Segments, segments) is { } parameters) return (method, parameters);
        }

        return null;
    }

    private static string Rank(MethodDefinition method) => string.Concat(method.Segments.Select(segment => segment switch
    {
        ['{', .., '+', '}'] => '2',
        ['{', .., '}'] => '1',
        _ => '0',
    })) + (method.HttpMethod == "ANY" ? "b" : "a");

    private static Dictionary<string, string>? Match(IReadOnlyList<string> pattern, IReadOnlyList<string> segments)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < pattern.Count; index++)
        {
            if (pattern[index] is ['{', .. var greedy, '+', '}'] && segments.Count > index)
            {
                parameters[greedy] = string.Join('/', segments.Skip(index));
                return parameters;
            }

            if (index >= segments.Count) return null;
            if (pattern[index] is ['{', .. var name, '}']) parameters[name] = segments[index];
            else if (pattern[index] != segments[index]) return null;
        }

        return pattern.Count == segments.Count ? parameters : null;
    }
}
