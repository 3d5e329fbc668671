package import Documents
internal import EMGSignal

/// Another sampling rate.
package struct Resample: PipelineStage {
    /// The new rate in hertz; `nil` to go by the factors.
    package var rate: Double?
    /// The factor up.
    package var up = 1
    /// The factor down.
    package var down = 1

    /// What rate to resample to.
    package enum Target: Sendable, Hashable {
        /// A rate in hertz.
        case rate(Double)
        /// A ratio.
        case ratio(up: Int, down: Int)
    }

    /// The same rate.
    package init() {}

    /// The name in documents.
    package static let key = "resample"
    /// What it does, in a sentence.
    package static let documentation =
        "Another sampling rate, by a polyphase filter against aliases (scipy.signal.resample_poly). "
        + "Labels, time stamps and quality intervals follow."
    /// The members of documents.
    package static let fields = Fields<Self>(
        [
            Field(
                optional: "rate_hz", \.rate, .frequency,
                "The new rate in Hz. Where the ratio to the old is none of whole numbers up to "
                    + "100000, the one of the smallest numbers within 1e-6 of it is taken.",
                absence: .leftOut),
            Field(
                "up", \.up, .integer(in: 1...Resampler.largestFactor),
                "Instead of rate_hz: the factor up."
            ).written { $0.rate == nil },
            Field(
                "down", \.down, .integer(in: 1...Resampler.largestFactor),
                "Instead of rate_hz: the factor down."
            ).written { $0.rate == nil },
        ],
        rules: [
            .atLeastOne(["rate_hz", "up", "down"]), .atMostOne(["rate_hz", "up"]),
            .atMostOne(["rate_hz", "down"]),
        ])

    /// Refuses members that exclude each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        if rate != nil { return try object.refuse(["up", "down"]) }
        guard object.optional("up") == nil, object.optional("down") == nil else { return }
        throw object.cursor.error(expected: "rate_hz, or up and down")
    }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        let from = input.samplingRate
        let change = try resampler(from: from)
        var parameters: [String: ProcessingStep.Value] = [
            "up": .integer(change.up), "down": .integer(change.down),
            "from_hz": .number(from.hertz),
            "to_hz": .number(change.target?.hertz ?? change.exactHertz(from: from)),
        ]
        if case let deviation = change.deviation(from: from), deviation != 0 {
            parameters["exact_hz"] = .number(change.exactHertz(from: from))
            parameters["deviation"] = .number(deviation)
        }
        return StageDesign([.resample(change)], parameters: parameters)
    }

    private func resampler(from input: SamplingRate) throws(FilterError) -> Resampler {
        guard let rate else { return try Resampler(up: up, down: down) }
        guard let wanted = try? SamplingRate(hertz: rate) else {
            throw FilterError(
                .unusableParameter(name: "a sampling rate", expected: "above 0 Hz", found: rate),
                hint: "give the new rate in hertz")
        }
        return try .ratio(from: input, to: wanted)
    }
}

extension PipelineStage where Self == Resample {
    /// Another sampling rate.
    ///
    /// - Parameter target: The rate, or the ratio to the old one.
    /// - Returns: The stage.
    package static func resample(_ target: Resample.Target) -> Resample {
        var stage = Resample()
        switch target {
        case .rate(let hertz): stage.rate = hertz
        case .ratio(let up, let down): (stage.up, stage.down) = (up, down)
        }
        return stage
    }
}
