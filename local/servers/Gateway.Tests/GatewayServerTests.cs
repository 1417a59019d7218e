using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests;

/// <summary>What API Gateway does around mapping templates, from templates of the tests' own.</summary>
public sealed class GatewayServerTests
{
    /// <summary>An API as it should not be: no validator, and a body without a template goes to SQS as it is.</summary>
    private const string Careless = """
        Resources:
          Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: q } }
          Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: careless } }
          Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: !Ref Api, StageName: v1, Variables: { tier: gold } } }
          Pass: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: 'pass' } }
          Any: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: !Ref Api, ParentId: !Ref Pass, PathPart: '{rest+}' } }
          PassMethod:
            Type: AWS::ApiGateway::Method
            Properties:
              RestApiId: !Ref Api
              ResourceId: !Ref Pass
              HttpMethod: POST
              AuthorizationType: NONE
              Integration:
                Type: AWS
                IntegrationHttpMethod: POST
                Uri: !Sub 'arn:aws:apigateway:us-east-1:sqs:path/${AWS::AccountId}/q'
                RequestParameters: { integration.request.header.Content-Type: "'application/x-www-form-urlencoded'" }
                IntegrationResponses: [{ StatusCode: 200 }, { StatusCode: 502, SelectionPattern: '4\d{2}' }]
          MockMethod:
            Type: AWS::ApiGateway::Method
            Properties:
              RestApiId: !Ref Api
              ResourceId: !Ref Any
              HttpMethod: ANY
              AuthorizationType: NONE
              Integration:
                Type: MOCK
                RequestTemplates: { application/json: '{"statusCode": $input.params("code")}' }
                IntegrationResponses:
                  - { StatusCode: 200, ResponseTemplates: { application/json: '$input.params("rest") $stageVariables.tier' } }
                  - StatusCode: 418
                    SelectionPattern: '4\d\d'
                    ResponseParameters: { method.response.header.X-Rest: method.request.path.rest, method.response.header.X-Fixed: "'fixed'" }
                    ResponseTemplates: { application/json: '#set($context.responseOverride.status = 409)#set($context.responseOverride.header.X-More = "more")teapot' }
        """;

    /// <summary>Why a careful template sets PassthroughBehavior to NEVER: without it the caller chooses the action.</summary>
    [Fact]
    public async Task Passthrough_OfABodyWithoutTemplate_ReachesSqsAsItIs()
    {
        await using var gateway = await Harness.StartAsync(Careless);
        using var content = new StringContent("Action=SendMessage&MessageBody=chosen+by+the+caller");
        using var answer = await gateway.Http.PostAsync("pass", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var call = Assert.Single(gateway.Calls);
        Assert.Equal(("/000000000000/q", "Action=SendMessage&MessageBody=chosen+by+the+caller"), (call.Path, Encoding.UTF8.GetString(call.Body)));
        using var refused = await gateway.Http.PostAsync("pass", new StringContent("Action=Nonsense"));
        Assert.Equal(HttpStatusCode.BadGateway, refused.StatusCode);
    }

    [Fact]
    public async Task Mock_SelectsByStatus_AndOverrides()
    {
        await using var gateway = await Harness.StartAsync(Careless);
        Assert.Equal("a/b gold", await gateway.Http.GetStringAsync("pass/a/b?code=200"));
        using var teapot = await gateway.Http.GetAsync("pass/c?code=404");
        Assert.Equal(HttpStatusCode.Conflict, teapot.StatusCode);
        Assert.Equal(("c", "fixed", "more", "teapot"),
            (Header(teapot, "X-Rest"), Header(teapot, "X-Fixed"), Header(teapot, "X-More"), await teapot.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Throttle_OfAMethod_TakesThePlaceOfTheStages()
    {
        var template = Careless.Replace("Variables: { tier: gold }", """
            Variables: { tier: gold }, MethodSettings: [
                { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 },
                { ResourcePath: '/~1pass~1{rest+}', HttpMethod: ANY, ThrottlingRateLimit: 1, ThrottlingBurstLimit: 3 }]
            """, StringComparison.Ordinal);
        var clock = new FakeTimeProvider();
        await using var gateway = await Harness.StartAsync(template, clock);
        async Task<int> AcceptedAsync(string path)
        {
            var answers = new List<HttpStatusCode>();
            for (var i = 0; i < 5; i++) answers.Add((await gateway.Http.PostAsync(path, new StringContent("Action=SendMessage"))).StatusCode);
            Assert.All(answers.Skip(answers.IndexOf(HttpStatusCode.TooManyRequests)), status => Assert.Equal(HttpStatusCode.TooManyRequests, status));
            return answers.IndexOf(HttpStatusCode.TooManyRequests);
        }

        Assert.Equal((3, 2), (await AcceptedAsync("pass/a?code=200"), await AcceptedAsync("pass")));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, 1), (await AcceptedAsync("pass/b?code=200"), await AcceptedAsync("pass")));
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();
}
