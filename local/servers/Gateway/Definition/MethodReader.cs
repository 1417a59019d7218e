using System.Text.Json.Nodes;
using Gateway.CloudFormation;
using Gateway.Schema;
using Gateway.Velocity;

namespace Gateway.Definition;

/// <summary>Reads the methods of one API, their models and their integrations.</summary>
internal sealed class MethodReader(ResolvedTemplate template, ResolvedResource api, IReadOnlyDictionary<string, IReadOnlyList<string>> paths)
{
    public IReadOnlyList<MethodDefinition> Read() => [.. Mine("AWS::ApiGateway::Method").Select(ReadMethod)];

    private IEnumerable<ResolvedResource> Mine(string type) => template.OfApi(type, api);

    private MethodDefinition ReadMethod(ResolvedResource method)
    {
        var properties = method.Properties;
        var resource = properties["ResourceId"].Text() ?? "";
        if (!paths.TryGetValue(resource, out var segments)) throw Error(method, $"ResourceId '{resource}' is no resource of the API");
        if (properties["AuthorizationType"].Text() is { } authorization && authorization != "NONE")
            throw Error(method, $"AuthorizationType {authorization} is not supported here, only NONE with an API key");
        var validator = Mine("AWS::ApiGateway::RequestValidator").FirstOrDefault(each => each.PhysicalId == properties["RequestValidatorId"].Text());
        return new MethodDefinition(
            method.LogicalId, resource, properties["HttpMethod"].Text() ?? "ANY", segments, properties["ApiKeyRequired"].IsTrue(),
            validator?.Properties["ValidateRequestBody"].IsTrue() ?? false, validator?.Properties["ValidateRequestParameters"].IsTrue() ?? false,
            ReadModels(method), [.. properties["RequestParameters"].Map().Where(entry => entry.Value == "true").Select(entry => entry.Key)],
            ReadIntegration(method, properties["Integration"] as JsonObject ?? throw Error(method, "it has no Integration")));
    }

    private Dictionary<string, SchemaNode> ReadModels(ResolvedResource method)
    {
        var models = new Dictionary<string, SchemaNode>(StringComparer.OrdinalIgnoreCase);
        foreach (var (type, name) in method.Properties["RequestModels"].Map())
        {
            // Every API has a model "Empty", which takes any JSON.
            var model = Mine("AWS::ApiGateway::Model").FirstOrDefault(each => each.PhysicalId == name || each.Properties["Name"].Text() == name);
            if (model is null && name != "Empty") throw Error(method, $"the model '{name}' is not declared");
            models[type] = SchemaNode.Parse(model?.Properties["Schema"] ?? new JsonObject(), model?.LogicalId ?? name);
        }

        return models;
    }

    private static IntegrationDefinition ReadIntegration(ResolvedResource method, JsonObject integration)
    {
        var type = integration["Type"].Text() ?? "";
        if (type is not ("AWS" or "MOCK")) throw Error(method, $"an integration of type {type} is not supported here, only AWS (to SQS) and MOCK");
        var timeout = TimeSpan.FromMilliseconds(integration["TimeoutInMillis"].Number() ?? 29_000);
        return new IntegrationDefinition(
            type, integration["IntegrationHttpMethod"].Text() ?? "POST", type == "AWS" ? ServicePath(method, integration["Uri"].Text() ?? "") : "",
            integration["PassthroughBehavior"].Text() ?? "WHEN_NO_MATCH", integration["ContentHandling"].Text(), timeout,
            integration["RequestParameters"].Map(), ReadTemplates(method, integration["RequestTemplates"]),
            [.. integration["IntegrationResponses"].Items().Select(response => ReadResponse(method, response!))]);
    }

    /// <summary><c>arn:PARTITION:apigateway:REGION:sqs:path/PATH</c>, or <c>…:sqs:action/NAME</c>.</summary>
    private static string ServicePath(ResolvedResource method, string uri)
    {
        var parts = uri.Split(':', 6);
        if (parts.Length != 6 || parts[2] != "apigateway" || parts[4] != "sqs") throw Error(method, $"the URI {uri} is not one of SQS");
        if (parts[5].StartsWith("path/", StringComparison.Ordinal)) return "/" + parts[5]["path/".Length..].TrimStart('/');
        if (parts[5].StartsWith("action/", StringComparison.Ordinal)) return "/?Action=" + parts[5]["action/".Length..];
        throw Error(method, $"the URI {uri} names neither a path nor an action");
    }

    private static IntegrationResponse ReadResponse(ResolvedResource method, JsonNode response) => new(
        (int)(response["StatusCode"].Number() ?? throw Error(method, "an integration response has no StatusCode")),
        response["SelectionPattern"].Text() is { Length: > 0 } pattern ? pattern : null,
        response["ResponseParameters"].Map(), ReadTemplates(method, response["ResponseTemplates"]));

    private static Dictionary<string, VelocityTemplate> ReadTemplates(ResolvedResource method, JsonNode? templates)
    {
        var parsed = new Dictionary<string, VelocityTemplate>(StringComparer.OrdinalIgnoreCase);
        foreach (var (type, text) in templates.Map())
        {
            try
            {
                parsed[type] = VelocityTemplate.Parse(text);
            }
            catch (VelocityException fault)
            {
                throw new TemplateException($"{method.LogicalId}: the mapping template for {type}: {fault.Message}", fault);
            }
        }

        return parsed;
    }

    private static TemplateException Error(ResolvedResource method, string problem) => new($"{method.LogicalId}: {problem}.");
}
