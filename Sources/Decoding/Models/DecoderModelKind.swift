package import Documents
internal import EMGArchive
package import MetaLearning

/// A kind of decoder model with its settings, as it stands in bundles; its numbers are tensors.
package protocol DecoderModelKind: DescribedKind {
    /// The model with its numbers.
    ///
    /// - Parameters:
    ///   - file: The bundle's tensors.
    ///   - form: The windows that it decides about.
    ///   - name: The bundle's name, for messages.
    /// - Returns: The model.
    /// - Throws: ``MetaLearning/MetaLearningError`` for tensors that are missing, of another shape
    ///   or not finite.
    func model(
        _ file: Safetensors, for form: WindowForm, at name: String
    ) throws(MetaLearningError) -> any DecoderModel
}

/// The windows that a decoder decides about.
package struct WindowForm: Sendable, Hashable {
    /// Channels of a window.
    package let channelCount: Int
    /// Samples of a window.
    package let windowLength: Int
    /// Classes that are distinguished.
    package let classCount: Int

    /// Describes windows.
    ///
    /// - Parameters:
    ///   - channelCount: Channels of a window, at least 1.
    ///   - windowLength: Samples of a window, at least 1.
    ///   - classCount: Classes that are distinguished, at least 1.
    package init(channelCount: Int, windowLength: Int, classCount: Int) {
        self.channelCount = channelCount
        self.windowLength = windowLength
        self.classCount = classCount
    }

    /// Numbers of a window.
    var windowWidth: Int { channelCount * windowLength }

    /// The windows of an input.
    ///
    /// - Parameter input: What a collection or a bundle says of it.
    init(_ input: InputDescription) {
        self.init(
            channelCount: input.channels.count, windowLength: input.window.length,
            classCount: input.classes.count)
    }
}

extension Registry<any DecoderModelKind> {
    /// The library's kinds.
    package static var standard: Registry {
        Registry([
            .init(NetworkKind.self) { $0 }, .init(DiscriminantKind.self) { $0 },
            .init(HeadedNetworkKind.self) { $0 },
            .init(PriorKind.self) { $0 },
        ])
    }
}

extension FieldFormat<any DecoderModelKind> {
    /// An object whose only member names the kind.
    static var decoderModel: FieldFormat {
        .keyed(.standard, noun: "model", described: { $0 })
    }
}
