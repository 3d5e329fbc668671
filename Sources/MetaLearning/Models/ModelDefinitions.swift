/// The library's models, for training that is configured in code; documents name them by their
/// keys.
public enum ModelDefinitions {
    /// Fully connected layers.
    ///
    /// - Parameter hidden: Sizes of the hidden layers, each from 1 to 65,536; at most 64.
    /// - Returns: The model.
    public static func dnn(hidden: [Int] = [512, 128]) -> any ModelDefinition {
        DNN(hidden: hidden)
    }

    /// Fully connected layers for regression.
    ///
    /// - Parameter hidden: Sizes of the hidden layers, each from 1 to 65,536; at most 64.
    /// - Returns: The model.
    public static func mlp(hidden: [Int] = [40, 40]) -> any ModelDefinition { MLP(hidden: hidden) }

    /// Convolutions over time.
    ///
    /// - Parameters:
    ///   - filters: Filters of each convolution, each from 1 to 65,536; at most 64 convolutions.
    ///   - kernel: Samples that a filter sees, from 1 to 1,024.
    ///   - hidden: Sizes of the hidden layers after the convolutions.
    /// - Returns: The model.
    public static func cnn(
        filters: [Int] = [16, 32, 64], kernel: Int = 3, hidden: [Int] = [32]
    ) -> any ModelDefinition {
        var model = CNN()
        (model.filters, model.kernel, model.hidden) = (filters, kernel, hidden)
        return model
    }
}
