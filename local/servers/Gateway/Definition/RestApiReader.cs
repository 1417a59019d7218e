using Gateway.CloudFormation;

namespace Gateway.Definition;

/// <summary>Reads the REST APIs of a resolved template, and refuses at once what could not be played as AWS would.</summary>
internal sealed class RestApiReader(ResolvedTemplate template, ResolvedResource api)
{
    /// <summary>The APIs that have a stage; one that has none cannot be called.</summary>
    /// <exception cref="TemplateException">Something is declared that is not supported here, or wrong.</exception>
    public static IReadOnlyList<RestApi> Read(ResolvedTemplate template)
        => [.. template.OfType("AWS::ApiGateway::RestApi").SelectMany(each => new RestApiReader(template, each).ReadStages())];

    private IEnumerable<RestApi> ReadStages()
    {
        var methods = new MethodReader(template, api, ResourcePaths()).Read();
        foreach (var stage in Mine("AWS::ApiGateway::Stage"))
        {
            yield return new RestApi(
                api.PhysicalId, ReadStage(stage), [.. api.Properties["BinaryMediaTypes"].Items().Select(type => type.Text()!)],
                methods, ReadResponses(), ReadUsagePlans(stage.PhysicalId), ReadKeys());
        }
    }

    private IEnumerable<ResolvedResource> Mine(string type) => template.OfApi(type, api);

    private Dictionary<string, IReadOnlyList<string>> ResourcePaths()
    {
        var paths = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [api.PhysicalId + ".root"] = [] };
        var left = Mine("AWS::ApiGateway::Resource").ToList();
        while (left.Count > 0)
        {
            var ready = left.Where(resource => paths.ContainsKey(resource.Properties["ParentId"].Text() ?? "")).ToList();
            if (ready.Count == 0) throw new TemplateException($"{left[0].LogicalId}: its ParentId is no resource of the API {api.LogicalId}.");
            foreach (var resource in ready)
                paths[resource.PhysicalId] = [.. paths[resource.Properties["ParentId"].Text()!], resource.Properties["PathPart"].Text() ?? ""];
            left.RemoveAll(ready.Contains);
        }

        return paths;
    }

    private static StageDefinition ReadStage(ResolvedResource stage)
    {
        var throttles = new Dictionary<(string Path, string HttpMethod), Throttle>();
        foreach (var settings in stage.Properties["MethodSettings"].Items())
        {
            // A slash, and behind it "*" or the path with its slashes escaped.
            var path = settings?["ResourcePath"].Text()?[1..].Replace("~1", "/", StringComparison.Ordinal) ?? "";
            if (ReadThrottle(settings?["ThrottlingRateLimit"].Number(), settings?["ThrottlingBurstLimit"].Number()) is { } throttle)
                throttles[(path, settings?["HttpMethod"].Text() ?? "*")] = throttle;
        }

        return new StageDefinition(
            stage.Properties["StageName"].Text() ?? throw new TemplateException($"{stage.LogicalId}: a stage needs a StageName."),
            throttles, stage.Properties["Variables"].Map());
    }

    private static Throttle? ReadThrottle(double? rate, double? burst) => rate is { } perSecond ? new Throttle(perSecond, (int)(burst ?? perSecond)) : null;

    private Dictionary<string, GatewayResponseDefinition> ReadResponses() => Mine("AWS::ApiGateway::GatewayResponse").ToDictionary(
        resource => resource.Properties["ResponseType"].Text() ?? "", ReadResponse, StringComparer.Ordinal);

    private static GatewayResponseDefinition ReadResponse(ResolvedResource resource)
    {
        const string Prefix = "gatewayresponse.header.";
        var headers = resource.Properties["ResponseParameters"].Map()
            .Where(entry => entry.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[Prefix.Length..], entry => entry.Value, StringComparer.OrdinalIgnoreCase);
        var status = resource.Properties["StatusCode"].Number();
        return new GatewayResponseDefinition((int?)status, resource.Properties["ResponseTemplates"].Map().Values.FirstOrDefault(), headers);
    }

    private List<UsagePlan> ReadUsagePlans(string stage)
    {
        var keys = template.OfType("AWS::ApiGateway::UsagePlanKey")
            .ToLookup(key => key.Properties["UsagePlanId"].Text(), key => key.Properties["KeyId"].Text() ?? "");
        return [.. template.OfType("AWS::ApiGateway::UsagePlan").Where(plan => Covers(plan, stage)).Select(plan => new UsagePlan(
            plan.PhysicalId, [.. keys[plan.PhysicalId]],
            ReadThrottle(plan.Properties["Throttle"]?["RateLimit"].Number(), plan.Properties["Throttle"]?["BurstLimit"].Number()),
            ReadQuota(plan)))];
    }

    private bool Covers(ResolvedResource plan, string stage) => plan.Properties["ApiStages"].Items()
        .Any(each => each?["ApiId"].Text() == api.PhysicalId && each["Stage"].Text() == stage);

    private static Quota? ReadQuota(ResolvedResource plan)
        => plan.Properties["Quota"]?["Limit"].Number() is { } limit
            ? new Quota((long)limit, plan.Properties["Quota"]?["Period"].Text() ?? "DAY")
            : null;

    private List<DeclaredApiKey> ReadKeys()
        => [.. template.OfType("AWS::ApiGateway::ApiKey").Select(key => new DeclaredApiKey(key.PhysicalId, key.LogicalId, key.Properties["Value"].Text()))];
}
