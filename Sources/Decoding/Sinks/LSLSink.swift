/// A stream of the Lab Streaming Layer: a sample a decision, at no regular rate, stamped by liblsl's
/// clock: the probabilities of the classes, the number of the class that is put out or -1, and the
/// velocity.
@safe final class LSLSink: DecisionSink {
    private static let float64: Int32 = 2
    private static let bufferSeconds: Int32 = 60

    let name: String
    let droppedCount = 0
    private let library: LSLLibrary
    private var outlet: LSLLibrary.Handle?
    private var sample: [Double]

    /// Opens the stream.
    ///
    /// - Parameters:
    ///   - streamName: Its name.
    ///   - classNames: The classes in the order of the model's outputs.
    ///   - library: liblsl.
    /// - Throws: ``DecodingError`` when liblsl cannot open it.
    init(
        _ streamName: String, classNames: [String], _ library: LSLLibrary
    ) throws(DecodingError) {
        name = "lsl:\(streamName)"
        self.library = library
        let labels = classNames.map { "probability of \($0)" } + ["class", "velocity"]
        sample = Array(repeating: 0, count: labels.count)
        guard
            let info = unsafe library.createInfo(
                streamName, "Decisions", Int32(labels.count), 0, Self.float64,
                "myotask-decode-\(streamName)")
        else { throw DecodingError(.unsupported("liblsl cannot describe the stream"), at: name) }
        defer { unsafe library.destroyInfo(info) }
        if let root = unsafe library.description(info),
            let channels = unsafe library.appendChild(root, "channels")
        {
            for label in labels {
                guard let channel = unsafe library.appendChild(channels, "channel") else { break }
                _ = unsafe library.appendChildValue(channel, "label", label)
            }
        }
        unsafe outlet = library.createOutlet(info, 0, Self.bufferSeconds)
        guard unsafe outlet != nil else {
            throw DecodingError(.unsupported("liblsl cannot open the stream"), at: name)
        }
    }

    deinit { close() }

    func put(_ record: DecisionRecord, _ probabilities: Span<Double>) {
        guard let outlet = unsafe outlet else { return }
        for index in probabilities.indices { sample[index] = probabilities[index] }
        let output = record.output
        sample[sample.count - 2] = Double(output.label ?? -1)
        sample[sample.count - 1] = output.velocity
        // 0: stamped now, which is when it was decided.
        unsafe sample.withUnsafeBufferPointer { sample in
            guard let first = sample.baseAddress else { return }
            _ = unsafe library.pushSample(outlet, first, 0, 1)
        }
    }

    func flush() {}

    func close() {
        guard let outlet = unsafe outlet else { return }
        // What was pushed last is sent by a thread of liblsl's.
        MonotonicClock.sleep(until: MonotonicClock.now + 100_000_000)
        unsafe library.destroyOutlet(outlet)
        unsafe self.outlet = nil
    }
}
