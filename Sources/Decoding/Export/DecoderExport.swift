private import Autodiff
private import Documents
private import EMGArchive
private import Files
package import Foundation
private import MetaLearning

/// What a bundle can be written as for programs without this library.
package enum DecoderExport: String, Sendable, Hashable, CaseIterable {
    /// The network with its normalization, for windows of conditioned samples.
    case onnx
    /// The whole decoder as one file of C99.
    case c
    /// The model's numbers under PyTorch's names.
    case safetensors

    /// The bytes of the file: the same for the same bundle.
    ///
    /// - Parameter bundle: The bundle.
    /// - Returns: The file.
    /// - Throws: ``DecodingError`` for a model or a conditioning that the format cannot have.
    package func bytes(of bundle: DecoderBundle) throws(DecodingError) -> [UInt8] {
        switch self {
        case .onnx: try ONNXModel(bundle).bytes
        case .c: Array(try CDecoder(bundle).text.utf8)
        case .safetensors: try Self.tensors(of: bundle).bytes
        }
    }

    /// Writes a file, whole or not at all.
    ///
    /// - Parameters:
    ///   - bundle: The bundle.
    ///   - url: The file; replaced when it is there.
    /// - Returns: Bytes of the file.
    /// - Throws: ``DecodingError`` as above, and when it cannot be written.
    @discardableResult
    package func write(_ bundle: DecoderBundle, to url: URL) throws(DecodingError) -> Int {
        let bytes = try bytes(of: bundle)
        try DecodingError.wrapping { () throws(FilesError) in
            try AtomicFile.write(bytes, to: url)
        }
        return bytes.count
    }

    /// A network as a checkpoint of a run is, with the normalization beside it; other models as
    /// they lie in the bundle.
    private static func tensors(
        of bundle: DecoderBundle
    ) throws(DecodingError) -> Safetensors {
        let scaling = bundle.normalization
        let texts = [
            "normalization_offset": DocumentValue.numbers(scaling.offset).json(),
            "normalization_scale": DocumentValue.numbers(scaling.scale).json(),
        ]
        guard let model = bundle.model as? NetworkModel else {
            var file = Safetensors(metadata: texts)
            bundle.model.store(in: &file)
            return file
        }
        do throws(MetaLearningError) {
            return try ModelCheckpoint(
                model: model.definition, parameters: model.parameters,
                classNames: bundle.input.classes, channelCount: model.channelCount,
                windowLength: model.windowLength, inputDescription: bundle.input.json
            ).tensors(about: texts)
        } catch {
            throw DecodingError(error, at: "model")
        }
    }
}
