using Gateway.CloudFormation;

namespace Gateway.Tests.CloudFormation;

public class TemplateResolverTests
{
    private static readonly TemplateContext Context = new() { Identities = new ResourceIdentities("http://localhost:1") };

    [Theory]
    [InlineData("!Ref Text", "\"hello\"")]
    [InlineData("{ Ref: Text }", "\"hello\"")]
    [InlineData("!Ref List", """["a","b"]""")]
    [InlineData("!Ref AWS::Region", "\"us-east-1\"")]
    [InlineData("!Sub '${Text} ${AWS::AccountId} ${Queue.QueueName} ${!Kept}'", "\"hello 000000000000 q ${Kept}\"")]
    [InlineData("!Sub ['${a}-${Text}', { a: !Ref Text }]", "\"hello-hello\"")]
    [InlineData("!Join ['-', [a, !Ref Text]]", "\"a-hello\"")]
    [InlineData("!Select [1, !Split [',', 'x,y,z']]", "\"y\"")]
    [InlineData("!If [Yes, one, two]", "\"one\"")]
    [InlineData("!If [No, one, two]", "\"two\"")]
    [InlineData("!FindInMap [Sizes, !Ref AWS::Region, Big]", "10")]
    [InlineData("!GetAtt Queue.Arn", "\"arn:aws:sqs:us-east-1:000000000000:q\"")]
    [InlineData("!Ref Queue", "\"http://localhost:1/000000000000/q\"")]
    [InlineData("{ 'Fn::Base64': hi }", "\"aGk=\"")]
    [InlineData("{ a: !Ref AWS::NoValue, b: [1, !Ref AWS::NoValue], c: '012', d: 012, e: true }", """{"b":[1],"c":"012","d":"012","e":true}""")]
    public void Function_OfEachKind_GivesItsValue(string yaml, string json)
    {
        var template = TemplateResolver.ResolveText(Template(yaml), Context);
        var value = template.Resources["Thing"].Properties["Value"];
        Assert.Equal(json, value?.ToJsonString());
    }

    [Theory]
    [InlineData("!ImportValue other", "Fn::ImportValue is refused")]
    [InlineData("!Ref Nothing", "neither a parameter nor a resource")]
    [InlineData("!GetAtt Nothing.Arn", "not a resource of the template")]
    [InlineData("!GetAtt Queue.Nothing", "has no attribute 'Nothing'")]
    [InlineData("!Select [3, [a]]", "the list has 1 items")]
    [InlineData("!FindInMap [Sizes, x, y]", "Mappings has no Sizes.x.y")]
    [InlineData("!If [Unknown, a, b]", "is not declared in Conditions")]
    [InlineData("!Ref Absent", "its condition is false")]
    [InlineData("!Transform { Name: x }", "Fn::Transform is not supported")]
    public void Function_WithoutAValue_SaysWhereAndWhy(string yaml, string reason)
    {
        var refused = Assert.Throws<TemplateException>(() => TemplateResolver.ResolveText(Template(yaml), Context));
        Assert.Contains(reason, refused.Message);
    }

    [Fact]
    public void Parameters_GivenBeforeDefault_AndChecked()
    {
        var context = Context with { Parameters = new Dictionary<string, string> { ["Text"] = "given" } };
        var template = TemplateResolver.ResolveText(Template("!Ref Text"), context);
        Assert.Equal("given", (string?)template.Resources["Thing"].Properties["Value"]);
        context = Context with { Parameters = new Dictionary<string, string> { ["Text"] = "NOT lower" } };
        Assert.Contains("Parameters.Text: 'NOT lower' does not match", Assert.Throws<TemplateException>(
            () => TemplateResolver.ResolveText(Template("x"), context)).Message);
    }

    [Fact]
    public void Json_IsReadLikeYaml()
    {
        var template = TemplateResolver.ResolveText(
            """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Fn::Sub":"a-${AWS::Region}"}}}}}""",
            Context);
        Assert.Equal("http://localhost:1/000000000000/a-us-east-1", template.Resources["Q"].PhysicalId);
    }

    [Fact]
    public void Conditions_AreDecidedAndLeaveResourcesOut()
    {
        var template = TemplateResolver.ResolveText(Template("x"), Context);
        Assert.DoesNotContain("Absent", template.Resources.Keys);
        Assert.Contains("Queue", template.Resources.Keys);
    }

    [Fact]
    public void Aliases_ThatExpandWithoutEnd_AreRefused()
    {
        var levels = string.Join('\n', Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]"));
        Assert.Throws<TemplateException>(() => TemplateResolver.ResolveText($"a0: &a0 [x]\n{levels}\nResources: {{}}", Context));
    }

    [Theory]
    [InlineData("a: &a [*a]", "within what it stands for")]
    [InlineData("a: { &a [*a, b]: c }", "plain string")]
    [InlineData("a: &a [1]\n*a : b", "plain string")]
    [InlineData(": {\na", "not YAML")]
    [InlineData("\"\\ud800\\ud", "not YAML")]
    [InlineData("Parameters: { P: { Type: String, Default: a, AllowedPattern: + } }", "AllowedPattern cannot be used")]
    [InlineData("Parameters: { P: { Type: String, Default: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab, AllowedPattern: '(a+)+' } }", "AllowedPattern cannot be used")]
    public void Text_ThatTheParserFallsOver_IsRefused(string yaml, string expected)
        => Assert.Contains(expected, Assert.Throws<TemplateException>(() => TemplateResolver.ResolveText(yaml, Context)).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_NestedWithoutEnd_IsRefused()
    {
        foreach (var open in (string[])["[", "{a: ", "- "])
            Assert.Contains("levels", Assert.Throws<TemplateException>(() => TemplateResolver.ResolveText("a: " + (open == "- " ? "\n " : "") + string.Concat(Enumerable.Repeat(open, 100_000)), Context)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reference_ToItself_IsAnErrorAndNotALoop()
    {
        const string Loop = "Resources:\n  A: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt B.QueueName } }\n"
            + "  B: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt A.QueueName } }";
        Assert.Contains("refers to itself", Assert.Throws<TemplateException>(() => TemplateResolver.ResolveText(Loop, Context)).Message);
    }

    private static string Template(string value) => $$"""
        Parameters:
          Text: { Type: String, Default: hello, AllowedPattern: '[a-z]+' }
          List: { Type: CommaDelimitedList, Default: 'a, b' }
        Mappings:
          Sizes: { us-east-1: { Big: 10 } }
        Conditions:
          Yes: !And [!Equals [!Ref Text, hello], !Not [!Condition No]]
          No: !Or [!Equals [a, b], !Equals [!Ref AWS::Region, mars]]
        Resources:
          Queue: { Type: AWS::SQS::Queue, Condition: Yes, Properties: { QueueName: q } }
          Absent: { Type: AWS::SQS::Queue, Condition: No }
          Thing: { Type: Test::Thing, Properties: { Value: {{value}} } }
        """;
}
