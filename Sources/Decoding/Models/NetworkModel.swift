package import MetaLearning

/// A trained network with its parameters.
package struct NetworkModel: DecoderModel {
    /// Which model, and how large.
    package let definition: any ModelDefinition
    /// The network, built for the width of the windows.
    package let network: any Network
    /// Its parameters.
    package let parameters: Parameters<Float>
    /// Channels of a window.
    package let channelCount: Int
    /// Samples of a window.
    package let windowLength: Int

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - definition: Which model, and how large.
    ///   - network: The network, built for the width of the windows.
    ///   - parameters: Its parameters.
    ///   - channelCount: Channels of a window.
    ///   - windowLength: Samples of a window.
    package init(
        _ definition: any ModelDefinition, network: any Network, parameters: Parameters<Float>,
        channelCount: Int, windowLength: Int
    ) {
        precondition(
            parameters.layout == network.parameters
                && network.inputWidth == channelCount * windowLength,
            "the parts of a model do not fit each other")
        self.definition = definition
        self.network = network
        self.parameters = parameters
        self.channelCount = channelCount
        self.windowLength = windowLength
    }

    /// Its kind: the model.
    package var kind: any DecoderModelKind { NetworkKind(definition) }
    /// Classes that it distinguishes.
    package var classCount: Int { network.classCount }
    /// Networks see normalized windows.
    package var sight: WindowSight { .normalized }

    /// The network, recorded for one window.
    package func makeScorer() -> any WindowScorer { NetworkScorer(self) }

    /// Stores the parameters under PyTorch's names.
    package func store(in file: inout Safetensors) {
        file.set(parameters)
    }
}
