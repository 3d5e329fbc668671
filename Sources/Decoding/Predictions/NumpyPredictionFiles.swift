private import Documents
private import EMGSignal
private import Files
internal import Foundation
private import NPY

/// Predictions as NumPy arrays: `NAME.npy` has the probabilities, float64 `[rows × classes]`;
/// `NAME.index.npy` int64 `[rows × (sample, class, output, state)]`, where −1 is no class and states
/// are numbered as `NAME.json` lists them; that says what everything means.
struct NumpyPredictionFiles: PredictionFile {
    let head: PredictionHead

    init(_ head: PredictionHead) { self.head = head }

    func write(to url: URL, _ rows: inout PredictionRows) throws(PredictionFault) {
        let name = url.deletingPathExtension()
        let index = name.appendingPathExtension("index.npy")
        let states = ControlOutput.State.allCases
        try SequentialFile<PredictionFault>.write(to: index) { (index) throws(PredictionFault) in
            try index.append(NPYHeader.bytes(of: .int64, shape: [head.count, 4]))
            try SequentialFile<PredictionFault>.write(to: url) {
                (values) throws(PredictionFault) in
                try values.append(
                    NPYHeader.bytes(of: .float64, shape: [head.count, head.classes.count]))
                while try rows.next() {
                    var numbers: [Int64] = []
                    for decision in rows.decisions {
                        let state = states.firstIndex(of: decision.output.state) ?? 0
                        numbers += [
                            Int64(decision.sample), Int64(decision.likeliestClass ?? -1),
                            Int64(decision.output.label ?? -1), Int64(state),
                        ]
                    }
                    try index.append(Self.bytes(of: numbers))
                    try values.append(Self.bytes(of: rows.probabilities))
                }
            }
        }
        let text = sidecar
        try PredictionFault.wrapping { () throws(FilesError) in
            try AtomicFile.write(text, to: name.appendingPathExtension("json"))
        }
    }

    /// The bytes of numbers as they lie in memory, little-endian on every machine this runs on.
    private static func bytes<Number: BitwiseCopyable>(of numbers: [Number]) -> Data {
        unsafe numbers.withUnsafeBytes { buffer in unsafe Data(buffer) }
    }

    private var sidecar: String {
        DocumentValue.object([
            "format": .string(PredictionHead.format),
            "format_version": .integer(PredictionHead.formatVersion),
            "recording": .string(head.recording), "rows": .string(head.rows.rawValue),
            "classes": .strings(head.classes),
            "states": .strings(ControlOutput.State.allCases.map(\.rawValue)),
            "sampling_rate_hz": .number(head.samplingRate.hertz),
            "sample_count": .integer(head.sampleCount), "source_name": .string(head.source.name),
            "source_sha256": .string(head.source.sha256), "bundle_sha256": .string(head.bundle),
            "software": .string(SoftwareVersion.text),
        ]).json(.sorted)
    }
}
