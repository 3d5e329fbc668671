package import Documents
package import EMGSignal
private import Foundation

/// Over amplitudes of a maximal voluntary contraction: stated ones, or a percentile of the
/// magnitudes of a recording of it that passed the stages before.
package struct AmplitudeMVC: AmplitudeNormalization {
    /// Which percentile of the recording's magnitudes; `nil` for 95.
    package var percentile: Double?
    /// One amplitude a channel or one for all; none when they are to be measured.
    package var values: [Double] = []
    /// The recording that amplitudes are measured in, or were.
    package var recording: String?

    /// Without amplitudes: they are stated, or measured in a recording.
    package init() {}

    /// The source of amplitudes that a pipeline states itself.
    package static let stated = "stated"

    /// The name in documents.
    package static let key = "mvc"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "Over the amplitude of a maximal voluntary contraction."
    /// The members of documents.
    package static let fields = Fields<Self>(
        [
            .percentile(\.percentile),
            Field(
                optional: "values", \.statedValues,
                .list(
                    of: .positive("an amplitude above 0"), count: 1 ... .max,
                    lack: { $0.error(expected: "at least one value") }),
                "One amplitude a channel, or one for all.", absence: .leftOut),
            Field(
                optional: "recording", \.recording, .text,
                "The recording of the archive to take amplitudes from: a condition (with its "
                    + "run, as condition-run) of the same session, session/condition of the same "
                    + "patient, or patient/session/condition of anyone.", absence: .leftOut
            ).written { $0.values.isEmpty },
        ],
        rules: [.exactlyOne(["values", "recording"]), .atMostOne(["values", "percentile"])])

    /// Refuses members that exclude each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        if !values.isEmpty { return try object.refuse(["recording", "percentile"]) }
        guard recording == nil else { return }
        throw try object.required("method").error(
            expected: "values or recording beside method: mvc",
            hint: "values: [250] states amplitudes, recording: p1/s1/mvc names where to "
                + "measure them")
    }

    private var statedValues: [Double]? {
        get { values.isEmpty ? nil : values }
        set { values = newValue ?? [] }
    }

    private var percent: Double { percentile ?? 95 }

    /// The recording whose amplitudes are not measured yet.
    private var unmeasured: String? { values.isEmpty ? recording : nil }

    /// What is done, for people.
    package var summary: String {
        if let unmeasured { return "over the amplitude of \(unmeasured.debugDescription)" }
        return "over \(values.map(\.plain).joined(separator: ", ")) (\(recording ?? Self.stated))"
    }

    /// The numbers that go into the history of recordings.
    package var parameters: [String: ProcessingStep.Value] {
        if let unmeasured {
            return [
                "method": .text("mvc"), "source": .text(unmeasured),
                "percentile": .number(percent),
            ]
        }
        return [
            "method": .text("mvc"), "values": .list(values.map { .number($0) }),
            "source": .text(recording ?? Self.stated),
        ]
    }

    /// How it is computed, and about how much work that is.
    package func work(sampleCount: Int) -> OperationWork {
        OperationWork("sample by sample", operationsPerSample: 1)
    }

    /// The recording that amplitudes are to be measured in.
    package var reference: StageReference? {
        unmeasured.map { StageReference(name: $0, parameters: ["percentile": .number(percent)]) }
    }

    /// The method with the amplitudes of a recording.
    package func fitted(on recording: ReferenceSamples) throws(FilterError) -> AmplitudeMVC {
        guard unmeasured != nil else { return self }
        var fitted = self
        fitted.recording = recording.name
        for (channel, samples) in recording.channels.enumerated() {
            let value = AmplitudePercentile.percentile(percent, of: samples.map { abs($0) })
            guard let value, value > 0 else {
                throw FilterError(
                    .unusableParameter(
                        name: "the amplitude of channel \(channel + 1)",
                        expected: "above 0", found: value ?? .nan),
                    location: recording.name, hint: "choose a recording with a contraction in it")
            }
            fitted.values.append(value)
        }
        return fitted
    }

    /// Refuses numbers that no amplitude has.
    package func check() throws(FilterError) {
        if unmeasured != nil { try AmplitudePercentile.check(percent) }
        for value in values where !(value.isFinite && value > 0) {
            throw FilterError(
                .unusableParameter(
                    name: "an MVC value", expected: "finite and above 0", found: value),
                hint: "give the amplitude of a maximal contraction in the signal's unit")
        }
    }

    /// Refuses a recording without an amplitude for each channel.
    package func check(channelCount: Int) throws(FilterError) {
        if let unmeasured {
            throw FilterError(
                .contradiction("no amplitude of the recording \(unmeasured.debugDescription)"),
                hint: "fit the pipeline to that recording first")
        }
        if values.count != 1, values.count != channelCount {
            throw FilterError(
                .unusableParameter(
                    name: "the number of MVC values", expected: "1 or \(channelCount)",
                    found: Double(values.count)),
                hint: "one value a channel, or one for all")
        }
    }

    /// The amplitude of the channel.
    package func fit(
        _ samples: Span<Double>, ranges: [SampleRange], channel: Int
    ) -> (offset: Double, divisor: Double) {
        (0, amplitude(ofChannel: channel))
    }

    /// One amplitude a channel needs no signal.
    package func makeStream(channels: Range<Int>) -> (any ChannelStream)? {
        divisors(channels: channels).map(ChannelDivision.init)
    }

    /// What each channel of a stream is divided by; `nil` when there are not as many amplitudes.
    func divisors(channels: Range<Int>) -> [Double]? {
        guard values.count == 1 || values.count >= channels.upperBound else { return nil }
        return channels.map { amplitude(ofChannel: $0) }
    }

    /// An amplitude that is stated, or will be once a recording is there, needs no signal.
    package var needsWholeSignal: Bool { false }

    private func amplitude(ofChannel channel: Int) -> Double {
        values.count == 1 ? values[0] : values[channel]
    }
}

/// One divisor for each channel of samples as they come: the same division as that of a whole
/// recording, so that the bits are the same.
private struct ChannelDivision: ChannelStream {
    let divisors: [Double]

    var state: [Double] { [] }

    func restore(_ state: [Double]) -> Bool { state.isEmpty }

    func reset() {}

    func process(_ samples: inout MutableSpan<Double>) {
        for row in stride(from: 0, to: samples.count, by: divisors.count) {
            for channel in divisors.indices { samples[row + channel] /= divisors[channel] }
        }
    }
}

extension AmplitudeNormalization where Self == AmplitudeMVC {
    /// Over amplitudes of a maximal voluntary contraction.
    ///
    /// - Parameters:
    ///   - values: One a channel, or one for all, in the signal's unit.
    ///   - source: The recording they were measured in, or ``AmplitudeMVC/stated``.
    /// - Returns: The method.
    package static func mvc(
        values: [Double], source: String = AmplitudeMVC.stated
    ) -> AmplitudeMVC {
        var method = AmplitudeMVC()
        method.values = values
        if source != AmplitudeMVC.stated { method.recording = source }
        return method
    }

    /// Over amplitudes that a recording of a maximal voluntary contraction has.
    ///
    /// - Parameters:
    ///   - name: The recording.
    ///   - percent: Which percentile of its magnitudes, above 0 and at most 100.
    /// - Returns: The method.
    package static func mvcRecording(name: String, percentile percent: Double) -> AmplitudeMVC {
        var method = AmplitudeMVC()
        (method.recording, method.percentile) = (name, percent)
        return method
    }
}
