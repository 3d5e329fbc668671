private import Autodiff
private import Digests
public import Documents
private import EMGArchive
private import EMGFilters
public import Foundation
package import MetaLearning

extension DecoderBundle {
    private static let format = "myotask.decoder"
    /// The tensor of the adaptation's learned rates.
    private static let ratesName = "adaptation.rates"
    /// How the files' names end.
    package static let fileExtension = "myodec"

    /// Reads a file `NAME.myodec` that comes from anywhere.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - kinds: The stages and models that packages outside have added.
    /// - Throws: ``DecodingError`` when it cannot be read, is not of the format, or its parts do not
    ///   fit each other.
    public init(contentsOf url: URL, kinds: Kinds = Kinds()) throws(DecodingError) {
        let name = url.path(percentEncoded: false)
        do throws(MetaLearningError) {
            try self.init(Safetensors(contentsOf: url), name: name, kinds: kinds)
        } catch {
            throw DecodingError(error, at: name)
        }
    }

    /// Takes a bundle from a file's tensors and metadata.
    ///
    /// - Parameters:
    ///   - file: What ``tensors`` gave.
    ///   - name: The file's name, for messages.
    ///   - kinds: The stages and models that packages outside have added.
    /// - Throws: `MetaLearningError` as above.
    package init(
        _ file: Safetensors, name: String, kinds: Kinds = Kinds()
    ) throws(MetaLearningError) {
        guard file.metadata["format"] == Self.format else {
            throw MetaLearningError(
                .incompatible(
                    expected: Self.format, found: file.metadata["format"] ?? "other tensors"),
                at: name,
                hint: "give a bundle that myotask train, adapt or bundle wrote (NAME.myodec)")
        }
        let description: BundleDescription
        do throws(DocumentError) {
            let root = try Document(json: (file.metadata["decoder"] ?? "").utf8, name: "decoder")
                .root
            description = try BundleDescription(
                Document(name: "decoder", root: root, kinds: kinds).cursor)
        } catch {
            throw MetaLearningError(
                .malformed(
                    expected: "a description of the decoder", found: "\(error)", byteOffset: 8),
                at: name, hint: "make the bundle again")
        }
        let input = description.input
        let form = WindowForm(input)
        var numbers = file
        let rates = try Self.takeRates(out: &numbers, at: name)
        let reference = try ClassReference.take(out: &numbers, for: form, at: name)
        var adaptation = description.adaptation
        adaptation?.rates = rates
        self.init(
            input: input, effectiveRate: description.effectiveRate,
            pipeline: description.pipeline ?? ConditioningPipeline(phase: .causal, stages: []),
            normalization: description.normalization,
            model: try description.model.model(numbers, for: form, at: name),
            control: description.control, adaptation: adaptation,
            origin: description.origin, card: file.metadata["card"] ?? "")
        self.reference = reference
        try checkStream(at: name)
        try checkControl(at: name)
    }

    /// The learned rates of the adaptation, which are no numbers of the model; none where nothing is
    /// learned.
    private static func takeRates(
        out file: inout Safetensors, at name: String
    ) throws(MetaLearningError) -> [Float] {
        guard file.entries.contains(where: { $0.name == ratesName }) else { return [] }
        let rates: Tensor<Float> = try file.tensor(ratesName, in: name)
        file.remove(ratesName)
        guard rates.elements.allSatisfy(\.isFinite) else {
            throw MetaLearningError(.notFinite("tensor \(ratesName)"), at: name)
        }
        return rates.elements
    }

    /// Refuses a control layer for other classes.
    private func checkControl(at name: String) throws(MetaLearningError) {
        do throws(DecodingError) {
            _ = try makeControl()
        } catch {
            throw MetaLearningError(
                .malformed(
                    expected: "a control layer for the bundle's classes", found: "\(error)",
                    byteOffset: 8), at: name)
        }
    }

    /// Refuses a conditioning that cannot run on samples as they come.
    private func checkStream(at name: String) throws(MetaLearningError) {
        do {
            _ = try makeConditioning()
        } catch {
            throw MetaLearningError(
                .malformed(
                    expected: "a causal conditioning", found: "\(error)", byteOffset: 8), at: name)
        }
    }

    /// What the bundle says of itself.
    var description: BundleDescription {
        var description = BundleDescription()
        description.input = input
        description.effectiveRate = effectiveRate
        description.pipeline = pipeline.stages.isEmpty ? nil : pipeline
        description.normalization = normalization
        description.model = model.kind
        description.control = control
        description.adaptation = adaptation
        description.origin = origin
        return description
    }

    /// The bundle as tensors with metadata: the same bundle always gives the same bytes.
    package var tensors: Safetensors {
        var file = Safetensors(metadata: [
            "format": Self.format, "decoder": description.document.json(.canonical), "card": card,
        ])
        model.store(in: &file)
        if let rates = adaptation?.rates, !rates.isEmpty {
            file.set(Self.ratesName, to: Tensor(shape: [rates.count], elements: rates))
        }
        reference?.store(in: &file)
        return file
    }

    /// The SHA-256 of the file's bytes.
    package var sha256: String { SHA256.digest(of: tensors.bytes) }

    /// Writes a file `NAME.myodec`, atomically.
    ///
    /// - Parameter url: Where; a file that is there is replaced.
    /// - Throws: ``DecodingError`` when it cannot be written; nothing is left behind then.
    public func write(to url: URL) throws(DecodingError) {
        do throws(MetaLearningError) {
            try tensors.write(to: url)
        } catch {
            throw DecodingError(error, at: url.path(percentEncoded: false))
        }
    }
}

extension DecodingError {
    /// Takes over an error of a file with tensors.
    init(_ error: MetaLearningError, at name: String) {
        let kind: Kind =
            switch error.kind {
            case .machine(let fault): .machine(fault)
            case .alreadyExists: .alreadyExists
            case .inputOutput(let reason): .inputOutput(reason: reason)
            case .incompatible(let expected, let found), .malformed(let expected, let found, _),
                .outOfRange(let expected, let found):
                .malformed(expected: expected, found: found)
            case .sizeMismatch(let expected, let found):
                .malformed(expected: "\(expected) elements", found: "\(found)")
            case .missingTensor(let tensor):
                .malformed(expected: "a tensor \(tensor)", found: "none")
            case .notFinite(let what): .malformed(expected: "finite numbers", found: what)
            case .emptySplit, .unknownEpisode: .unsupported("\(error)")
            }
        self.init(kind, at: error.location.isEmpty ? name : error.location, hint: error.hint)
    }
}
