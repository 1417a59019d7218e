using SetGet.Tests.Deploy.Checking;

namespace SetGet.Tests.Deploy;

/// <summary>The deployed templates, checked structurally.</summary>
public sealed class TemplateTests
{
    /// <summary>What a CloudFormation call carries by itself; a longer template goes through S3, up to 1 MiB.</summary>
    private const int CallBytes = 51_200;

    /// <summary>Every template of the folder, also one that is added tomorrow.</summary>
    public static TheoryData<string> Names { get; } = [.. Templates.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Template_ReferencesPoliciesAndEncryption_AreSound(string name)
        => Assert.Empty(TemplateCheck.Run(Templates.Read(name), schema: null));

    [Theory, Needs(Needs.Npm | Needs.Node)]
    [MemberData(nameof(Names))]
    public async Task Template_TypesAndProperties_AreThoseOfTheSchema(string name)
    {
        var schema = await Templates.SchemaAsync();

        Assert.Empty(TemplateCheck.Run(Templates.Read(name), schema));
    }

    /// <summary>The app host hands ingest.yaml to CloudFormation in one call, without a bucket.</summary>
    [Fact]
    public void Ingest_Size_FitsOneCall() => Assert.InRange(new FileInfo(Templates.PathOf("ingest.yaml")).Length, 1, CallBytes);

    [Fact]
    public void Service_QueueNamesAndLongestTtl_AreIngestsByDefault()
    {
        var (ingest, service) = (Templates.Read("ingest.yaml"), Templates.Read("service.yaml"));

        foreach (var name in (string[])["EventsQueueName", "DeadLetterQueueName", "TtlMaximumSeconds"])
            Assert.Equal(Templates.Default(ingest, name), Templates.Default(service, name));
    }

    /// <summary>AWS refuses a mapping whose function may outlive the message's invisibility, and asks for six times as much.</summary>
    [Fact]
    public void Service_LambdaTimeout_FitsIngestsVisibilityTimeout()
    {
        var visibility = int.Parse(Templates.Default(Templates.Read("ingest.yaml"), "VisibilityTimeoutSeconds"));
        var timeout = int.Parse(Templates.Default(Templates.Read("service.yaml"), "LambdaTimeoutSeconds"));

        Assert.InRange(timeout * 6, 6, visibility);
    }

    /// <summary>Only what has no value for everybody may be without a default that works; a rule then names it.</summary>
    [Fact]
    public void Service_ParametersWithoutAWorkingDefault_AreImagesAndNetwork()
    {
        var rules = Templates.Read("service.yaml").Section("Rules").Where(rule => rule.Value["RuleCondition"] is null);

        var named = rules.SelectMany(rule => rule.Value.All()).Where(node => node.Function?.Name == "Ref").Select(node => node.Function!.Value.Argument.Text);

        Assert.Equal(["ApiImage", "WorkerImage", "VpcId", "SubnetIds"], named);
    }
}
