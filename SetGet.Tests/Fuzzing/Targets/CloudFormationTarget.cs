using System.Text;
using Gateway.CloudFormation;
using Gateway.Definition;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>CloudFormation templates in YAML or JSON: resolved, and their REST APIs read, or refused with the place that is wrong.</summary>
internal sealed class CloudFormationTarget() : FuzzTarget("cloudformation")
{
    private static readonly TemplateContext Context = new() { Identities = new ResourceIdentities("http://localhost:1") };

    public override IEnumerable<string> Seeds { get; } =
    [
        "Parameters:\n  P: { Type: Number, Default: 5, MinValue: 1, AllowedValues: [5, 6] }\n  L: { Type: CommaDelimitedList, Default: 'a, b', AllowedPattern: '[a-z]+' }\nConditions:\n  C: !And [!Equals [!Ref P, 5], !Not [!Equals [a, b]]]\nMappings: { M: { a: { b: c } } }\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Condition: C\n    Properties: { QueueName: !Sub '${AWS::StackName}-${P}', V: !If [C, !Ref P, !Ref AWS::NoValue], W: !FindInMap [M, a, b] }\n  D: { Type: AWS::SQS::Queue, Properties: { X: !GetAtt Q.Arn, Y: !Join ['-', !Ref L], Z: !Select [0, !Split [',', 'a,b']], B: !Base64 x } }\n",
        "Resources:\n  Api: { Type: AWS::ApiGateway::RestApi, Properties: { BinaryMediaTypes: ['*/*'] } }\n  R: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: '{a+}' } }\n  M: { Type: AWS::ApiGateway::Model, Properties: { RestApiId: !Ref Api, Schema: { type: object, required: [a], properties: { a: { pattern: '^x$' } } } } }\n  P:\n    Type: AWS::ApiGateway::Method\n    Properties:\n      RestApiId: !Ref Api\n      ResourceId: !Ref R\n      HttpMethod: POST\n      RequestModels: { application/json: !Ref M }\n      Integration: { Type: MOCK, RequestTemplates: { application/json: '{}' }, IntegrationResponses: [{ StatusCode: 200, SelectionPattern: '2..' }] }\n  S: { Type: AWS::ApiGateway::Stage, Properties: { RestApiId: !Ref Api, StageName: v1, Variables: { a: b }, MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 5, ThrottlingBurstLimit: 5 }] } }\n",
        "{\"Resources\":{\"A\":{\"Type\":\"X\",\"Properties\":{\"a\":[1,true,null,{\"Fn::Sub\":[\"${x}\",{\"x\":\"y\"}]}]}}}}",
        "a: &a [1, 2]\nResources:\n  B: { Type: X, Properties: { l: [*a, *a], m: &m { <<: *a } } }\n",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "Resources:", "Parameters:", "Conditions:", "Mappings:", "Type: ", "Properties: ", "Default: ", "Condition: ", "AllowedPattern: '(a+)+$'", "AllowedValues: ", "MinLength: ", "!Ref ", "!Sub '${", "!GetAtt ", "!If [", "!Join ['', ",
        "!Select [", "!Split [", "!FindInMap [", "!Equals [", "!Not [", "!And [", "!Condition ", "!Base64 ", "!GetAZs ''", "!ImportValue x", "AWS::NoValue", "AWS::Region", "AWS::SQS::Queue", "AWS::ApiGateway::Method", "AWS::ApiGateway::UsagePlan",
        "&a ", "*a", "<<: *a", "{", "}", "[", "]", ": ", ", ", "- ", "\n  ", "|\n", ">-\n", "'", "\"", "#", "---\n", "...\n", "? ", "!!binary ", "!<x> ", "null", "~", "Fn::Sub", "Ref", "P", "Q", "Api", "C", "L", "M", "%YAML 1.1\n",
    ];

    public override int MaxLength => 3000;

    public override int AllocationPerByte => 4000;

    public override int BaseAllocation => 16 * 1024 * 1024;

    public override double Weight => 1.5;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        try
        {
            _ = RestApiReader.Read(TemplateResolver.ResolveText(Encoding.UTF8.GetString(input.Span), Context));
        }
        catch (TemplateException)
        {
            // Refused, with the place.
        }
    }
}
