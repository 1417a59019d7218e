namespace Amazon.SQS.Internal;

/// <summary>Version 4 leaves collections null until they are set, unless the SDK is told to behave as version 3 did.</summary>
internal static class Collections
{
    internal static T? Initial<T>()
        where T : class, new() =>
        AWSConfigs.InitializeCollections ? new T() : null;
}
