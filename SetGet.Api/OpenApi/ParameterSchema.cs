using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SetGet.Api.Http;

namespace SetGet.Api.OpenApi;

/// <summary>A <see cref="Parameter"/> as the OpenAPI document has it.</summary>
internal static class ParameterSchema
{
    public static IOpenApiParameter Of(Parameter parameter)
    {
        var example = Example(parameter);
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = parameter.In,
            Description = parameter.Description,
            Required = parameter.In == ParameterLocation.Path,
            Schema = parameter.IsRepeatable ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = Value(parameter) } : Value(parameter),
            Example = parameter.IsRepeatable ? new JsonArray(example) : example,
        };
    }

    private static OpenApiSchema Value(Parameter parameter) => parameter switch
    {
        NumberParameter number => new()
        {
            Type = JsonSchemaType.Integer,
            Minimum = number.Minimum.ToString(CultureInfo.InvariantCulture),
            Maximum = number.Maximum.ToString(CultureInfo.InvariantCulture),
            Default = number.Default,
        },
        // A string, because generated clients would round a fraction or refuse it; the maximum is in the description.
        SecondsParameter => new() { Type = JsonSchemaType.String, Default = "0", Pattern = @"^\d+(\.\d+)?$" },
        _ => new() { Type = JsonSchemaType.String, Pattern = parameter.Pattern },
    };

    private static JsonNode? Example(Parameter parameter)
        => parameter is NumberParameter number ? int.Parse(number.Example ?? number.Default?.ToString() ?? "1", CultureInfo.InvariantCulture)
            : parameter.Example is { } text ? JsonValue.Create(text) : null;
}
