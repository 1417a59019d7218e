using SetGet.Api.Http;

namespace SetGet.Api.OpenApi;

/// <summary>A request body. Type null: any bytes.</summary>
internal sealed record BodyDescription(Type? Type, string Description, string Example);

/// <summary>An answer that is no problem. Type null: no body, or any bytes where there is an example.</summary>
internal sealed record AnswerDescription(int Status, string Description, Type? Type, string? Example, IReadOnlyList<HeaderDescription> Headers);

/// <summary>A header of an answer.</summary>
internal sealed record HeaderDescription(string Name, string Description, string Example);

/// <summary>The statuses that a route may answer with as a problem document, beyond those that follow from what it reads and asks for.</summary>
internal sealed record FailureDescription(IReadOnlyList<int> Statuses);

/// <summary>
/// What the OpenAPI document says of a route, said where the route is mapped, beside the framework's <c>WithTags</c>, <c>WithSummary</c> and
/// <c>WithDescription</c>. What a group takes, all its routes take.
/// </summary>
internal static class RouteDescriptionExtensions
{
    /// <summary>The parameters that it reads.</summary>
    public static TBuilder Takes<TBuilder>(this TBuilder route, params Parameter[] parameters)
        where TBuilder : IEndpointConventionBuilder
        => route.WithMetadata([.. parameters]);

    extension(RouteHandlerBuilder route)
    {
        /// <summary>The JSON object that it reads.</summary>
        public RouteHandlerBuilder Reads<T>(string description, string example) => route.WithMetadata(new BodyDescription(typeof(T), description, example));

        /// <summary>That it reads any bytes.</summary>
        public RouteHandlerBuilder ReadsBytes(string description, string example) => route.WithMetadata(new BodyDescription(null, description, example));

        /// <summary>A success with a JSON object.</summary>
        public RouteHandlerBuilder Answers<T>(int status, string description, string example, params HeaderDescription[] headers)
            => route.WithMetadata(new AnswerDescription(status, description, typeof(T), example, headers));

        /// <summary>A success with any bytes.</summary>
        public RouteHandlerBuilder AnswersBytes(int status, string description, string example, params HeaderDescription[] headers)
            => route.WithMetadata(new AnswerDescription(status, description, null, example, headers));

        /// <summary>A success without a body.</summary>
        public RouteHandlerBuilder Answers(int status, string description, params HeaderDescription[] headers)
            => route.WithMetadata(new AnswerDescription(status, description, null, null, headers));

        /// <summary>
        /// The problems that are its own. The document has by itself 400 where something can be wrong, 408, 413 and 415 for a body, and 401, 403 and 503
        /// for a role.
        /// </summary>
        public RouteHandlerBuilder Fails(params int[] statuses) => route.WithMetadata(new FailureDescription(statuses));
    }
}
