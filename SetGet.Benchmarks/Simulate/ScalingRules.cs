using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace SetGet.Benchmarks.Simulate;

/// <summary>How the template scales the worker. The simulation knows no rule of its own.</summary>
/// <param name="MinTasks">Tasks that always run.</param>
/// <param name="MaxTasks">Tasks at most.</param>
/// <param name="BacklogPerTask">Waiting messages per task that are aimed at; null: no rule looks at them.</param>
/// <param name="CpuPercent">Average processor use that is aimed at; null: no rule looks at it.</param>
/// <param name="OutSeconds">After scaling out, the next waits so long.</param>
/// <param name="InSeconds">After scaling, scaling in waits so long.</param>
/// <param name="TaskCpu">Processors of a task.</param>
/// <param name="TaskGb">Memory of a task.</param>
/// <param name="LambdaMb">Memory of the worker as a Lambda function.</param>
/// <param name="LambdaConcurrency">Instances of the function at most.</param>
internal sealed record ScalingRules(
    int MinTasks, int MaxTasks, double? BacklogPerTask, double? CpuPercent, int OutSeconds, int InSeconds, double TaskCpu, double TaskGb, double LambdaMb,
    int LambdaConcurrency)
{
    /// <summary>Reads SetGet.AppHost/aws/service.yaml, with the defaults of its parameters.</summary>
    /// <exception cref="InvalidOperationException">The template has no rule for the worker.</exception>
    internal static ScalingRules Read()
    {
        var path = Path.Combine(Repository.Root, "SetGet.AppHost", "aws", "service.yaml");
        using var text = File.OpenText(path);
        var yaml = new YamlStream();
        yaml.Load(text);
        var template = new Template((YamlMappingNode)yaml.Documents[0].RootNode);
        var policies = template.PoliciesOf("WorkerScaling");
        if (policies.Count == 0) throw new InvalidOperationException($"{path} has no scaling policy whose target is WorkerScaling.");
        var cpu = policies.Find(policy => policy.ToString().Contains("ECSServiceAverageCPUUtilization", StringComparison.Ordinal));
        var backlog = policies.Find(policy => policy.ToString().Contains("ApproximateNumberOfMessagesVisible", StringComparison.Ordinal));
        var size = template.Parameter("WorkerSize");
        var rule = backlog ?? policies[0];
        return new ScalingRules(
            (int)template.Number("WorkerMinTasks"), (int)template.Number("WorkerMaxTasks"),
            backlog is null ? null : template.Number(backlog["TargetValue"]), cpu is null ? null : template.Number(cpu["TargetValue"]),
            (int)template.Number(rule["ScaleOutCooldown"]), (int)template.Number(rule["ScaleInCooldown"]),
            template.TaskSize(size, "Cpu") / 1024, template.TaskSize(size, "Memory") / 1024,
            template.Number("LambdaMemoryMb"), (int)template.Number("LambdaMaximumConcurrency"));
    }

    private sealed class Template(YamlMappingNode root)
    {
        public string Parameter(string name) => ((YamlScalarNode)root["Parameters"][name]["Default"]).Value!;

        public double Number(string parameter) => double.Parse(Parameter(parameter), CultureInfo.InvariantCulture);

        // A number, or !Ref to a parameter.
        public double Number(YamlNode node) => node.Tag.IsEmpty ? double.Parse(((YamlScalarNode)node).Value!, CultureInfo.InvariantCulture)
            : Number(((YamlScalarNode)node).Value!);

        public double TaskSize(string size, string of)
            => double.Parse(((YamlScalarNode)root["Mappings"]["TaskSizes"][size][of]).Value!, CultureInfo.InvariantCulture);

        public List<YamlNode> PoliciesOf(string target)
            => [.. from resource in (YamlMappingNode)root["Resources"]
                   where resource.Value["Type"].ToString() == "AWS::ApplicationAutoScaling::ScalingPolicy"
                   let properties = resource.Value["Properties"]
                   where properties["ScalingTargetId"].ToString() == target
                   select properties["TargetTrackingScalingPolicyConfiguration"]];
    }
}
