using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.CloudFormation;
using Gateway.Schema;

namespace Gateway.Tests;

/// <summary>JSON Schema, draft 4, as models of API Gateway use it.</summary>
public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "1", true)]
    [InlineData("""{"type":"integer"}""", "1.0", false)]
    [InlineData("""{"type":"integer"}""", "1e2", false)]
    [InlineData("""{"type":"number"}""", "12345678901234567890", true)]
    [InlineData("""{"type":["string","null"]}""", "null", true)]
    [InlineData("""{"type":["string","null"]}""", "true", false)]
    [InlineData("""{"maximum":2147483647}""", "2147483647.0", true)]
    [InlineData("""{"maximum":2147483647}""", "2147483647.00000000000000000001", false)]
    [InlineData("""{"maximum":5,"exclusiveMaximum":true}""", "5", false)]
    [InlineData("""{"minimum":-0.5}""", "-5e-1", true)]
    [InlineData("""{"minimum":1}""", "-1e999999999", false)]
    [InlineData("""{"minimum":1}""", "1e-999999999999999999999", false)]
    [InlineData("""{"multipleOf":0.01}""", "4.35", true)]
    [InlineData("""{"multipleOf":0.01}""", "4.355", false)]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"abc\"", true)]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"abc\\n\"", false)]
    [InlineData("""{"pattern":"b"}""", "\"abc\"", true)]
    [InlineData("""{"pattern":"^a$"}""", "\"\\ud800\"", false)]
    [InlineData("""{"maxLength":1}""", "\"\ud83d\ude00\"", true)]
    [InlineData("""{"minLength":2}""", "\"\ud83d\ude00\"", false)]
    [InlineData("""{"enum":[1,{"a":[null]}]}""", """{"a":[null]}""", true)]
    [InlineData("""{"enum":[1,"x"]}""", "\"y\"", false)]
    [InlineData("""{"required":["a"],"properties":{"a":{"type":"string"}}}""", """{"a":"x","b":1}""", true)]
    [InlineData("""{"required":["a"]}""", """{"b":1}""", false)]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1,"b":1}""", false)]
    [InlineData("""{"patternProperties":{"^x":{}},"additionalProperties":false}""", """{"x1":1}""", true)]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"a":"x"}""", false)]
    [InlineData("""{"dependencies":{"a":["b"]}}""", """{"a":1}""", false)]
    [InlineData("""{"minProperties":2}""", """{"a":1}""", false)]
    [InlineData("""{"items":{"type":"integer"}}""", "[1,2,\"x\"]", false)]
    [InlineData("""{"items":[{},{"type":"string"}],"additionalItems":false}""", "[1,\"x\",3]", false)]
    [InlineData("""{"minItems":1}""", "[]", false)]
    [InlineData("""{"uniqueItems":true}""", "[1,{\"a\":1},{\"a\":1}]", false)]
    [InlineData("""{"uniqueItems":true}""", "[{\"a\":1,\"b\":2},{\"b\":2.0,\"a\":1e0}]", false)]
    [InlineData("""{"uniqueItems":true}""", "[\"\\ud800\",\"\\ud801\",\"1\",1,-1]", true)]
    [InlineData("""{"enum":["x"]}""", "\"\\ud800\"", false)]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":3}]}""", "2", false)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":3}]}""", "4", false)]
    [InlineData("""{"not":{"type":"string"}}""", "\"x\"", false)]
    [InlineData("""{"$ref":"#/definitions/a","definitions":{"a":{"properties":{"b":{"$ref":"#/definitions/a"}},"additionalProperties":false}}}""", """{"b":{"b":{}}}""", true)]
    [InlineData("""{"$ref":"#/definitions/a","definitions":{"a":{"properties":{"b":{"$ref":"#/definitions/a"}},"additionalProperties":false}}}""", """{"b":{"c":{}}}""", false)]
    [InlineData("{}", "[]", true)]
    public void Validate_Keyword_Decides(string schema, string instance, bool valid)
    {
        using var document = JsonDocument.Parse(instance);
        var errors = SchemaValidator.Validate(SchemaNode.Parse(JsonNode.Parse(schema)!, "test"), document.RootElement);
        Assert.Equal(valid, errors.Count == 0);
    }

    [Theory]
    [InlineData("""{"const":1}""")]
    [InlineData("""{"pattern":"("}""")]
    public void Parse_OfWhatDraft4HasNot_IsRefused(string schema)
        => Assert.Throws<TemplateException>(() => SchemaNode.Parse(JsonNode.Parse(schema)!, "test"));

    [Fact]
    public void Validate_ManyFaults_AreBounded()
    {
        using var document = JsonDocument.Parse("[" + string.Join(',', Enumerable.Repeat("\"x\"", 100_000)) + "]");
        var schema = SchemaNode.Parse(JsonNode.Parse("""{"items":{"type":"integer"}}""")!, "test");
        Assert.InRange(SchemaValidator.Validate(schema, document.RootElement).Count, 1, 100);
    }

    /// <summary>Each compared with each, this would take minutes.</summary>
    [Fact]
    public void Validate_ManyItemsThatMustDiffer_EndsSoon()
    {
        using var document = JsonDocument.Parse("[" + string.Join(',', Enumerable.Range(0, 200_000)) + "]");
        var schema = SchemaNode.Parse(JsonNode.Parse("""{"uniqueItems":true}""")!, "test");
        Assert.Empty(SchemaValidator.Validate(schema, document.RootElement));
    }
}
