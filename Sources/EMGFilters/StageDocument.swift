internal import Documents

// The members of stages other than recursive filters; `schemas/pipeline.schema.json` describes the
// same.

extension ConditioningStage {
    static func readComb(_ cursor: DocumentCursor) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(allowing: ["fundamental_hz", "q"])
        return .comb(
            fundamental: try members.required("fundamental_hz").frequency(),
            quality: try members.optional("q")?.positive("a number above 1") ?? 30)
    }

    static func readFinite(_ cursor: DocumentCursor) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(
            allowing: [
                "rule", "low_hz", "high_hz", "stop", "length", "window", "beta", "mains_hz",
                "harmonics",
            ])
        let rule = try members.optional("rule")?.choice(of: FiniteRule.self)
        switch rule ?? .windowedSinc {
        case .mneNotch:
            try refuse(["low_hz", "high_hz", "stop", "length", "window", "beta"], in: members)
            return .finite(
                .mneNotch(
                    mains: try members.required("mains_hz").frequency(),
                    harmonics: try members.optional("harmonics")?.integer(in: 1...10_000) ?? 1))
        case .mne:
            try refuse(["stop", "length", "beta", "mains_hz", "harmonics"], in: members)
            let (low, high) = try corners(members)
            return .finite(.mne(low: low, high: high, window: try window(members)))
        case .windowedSinc:
            try refuse(["mains_hz", "harmonics"], in: members)
            let (low, high) = try corners(members)
            let stops = try members.optional("stop")?.boolean() ?? false
            let length = try members.required("length")
            let count = try length.integer(in: 3...FIRDesign.longest)
            guard !count.isMultiple(of: 2) else {
                throw length.error(
                    expected: "an odd number of samples", found: "\(count)",
                    hint: "an even length delays by half a sample, which cannot be removed")
            }
            let shape: FilterShape
            switch (low, high) {
            case (let low?, let high?):
                shape = stops ? .bandStop(low: low, high: high) : .bandPass(low: low, high: high)
            case (let low?, nil): shape = .highPass(cutoff: low)
            case (nil, let high?): shape = .lowPass(cutoff: high)
            case (nil, nil): throw cursor.error(expected: "low_hz, high_hz or both")
            }
            return .finite(.windowedSinc(shape, length: count, window: try window(members)))
        }
    }

    private enum FiniteRule: String, CaseIterable {
        case windowedSinc = "windowed_sinc"
        case mne
        case mneNotch = "mne_notch"
    }

    private static func corners(
        _ members: DocumentObject
    ) throws(DocumentError) -> (low: Double?, high: Double?) {
        let low = try members.optional("low_hz")?.frequency()
        let high = try members.optional("high_hz")?.frequency(above: low ?? 0)
        guard low != nil || high != nil else {
            throw members.cursor.error(expected: "low_hz, high_hz or both")
        }
        return (low, high)
    }

    private static func window(_ members: DocumentObject) throws(DocumentError) -> FIRWindow {
        guard let beta = members.optional("beta") else {
            return try members.optional("window")?.choice([
                "hamming": FIRWindow.hamming, "hann": .hann, "blackman": .blackman,
                "kaiser": .kaiser(beta: 5),
            ]) ?? .hamming
        }
        guard let name = try members.optional("window")?.string(), name == "kaiser" else {
            throw beta.error(
                expected: "window: kaiser beside beta", hint: "other windows have no parameter")
        }
        return .kaiser(beta: try beta.number(in: 0...100))
    }

    private static func refuse(
        _ names: [String], in members: DocumentObject
    ) throws(DocumentError) {
        for name in names {
            guard let cursor = members.optional(name) else { continue }
            throw cursor.error(
                expected: "members of this rule", found: name, hint: "leave \(name) out")
        }
    }

    static func readInterpolation(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(allowing: ["mains_hz", "width_hz", "harmonics"])
        return .spectrumInterpolation(
            mains: try members.required("mains_hz").frequency(),
            width: try members.optional("width_hz")?.frequency() ?? 2,
            harmonics: try members.optional("harmonics")?.integer(in: 1...10_000) ?? 1)
    }

    static func readDetrend(_ cursor: DocumentCursor) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(allowing: ["kind"])
        return .detrend(
            try members.optional("kind")?.choice(of: Detrend.self) ?? .constant)
    }

    static func readClip(_ cursor: DocumentCursor) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(allowing: ["low", "high"])
        let low = try members.required("low").number()
        let upper = try members.required("high")
        let high = try upper.number()
        guard low < high else {
            throw upper.error(expected: "a number above low, \(low.plain)", found: high.plain)
        }
        return .clip(low: low, high: high)
    }

    static func readMovingRMS(_ cursor: DocumentCursor) throws(DocumentError) -> ConditioningStage {
        .movingRMS(seconds: try windowSeconds(cursor))
    }

    static func readMovingARV(_ cursor: DocumentCursor) throws(DocumentError) -> ConditioningStage {
        .movingARV(seconds: try windowSeconds(cursor))
    }

    private static func windowSeconds(_ cursor: DocumentCursor) throws(DocumentError) -> Double {
        let members = try cursor.object(allowing: ["window_s"])
        return try members.optional("window_s")?.positive("a time above 0 s") ?? 0.1
    }

    static func readHilbert(_ cursor: DocumentCursor) throws(DocumentError) -> ConditioningStage {
        _ = try cursor.object(allowing: [])
        return .hilbert
    }

    static func readTeagerKaiser(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> ConditioningStage {
        _ = try cursor.object(allowing: [])
        return .teagerKaiser
    }

    static func readNormalize(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(
            allowing: ["method", "percentile", "values", "recording"])
        let method = try members.required("method")
        let name = try method.choice([
            "z_score": "z_score", "min_max": "min_max", "percentile": "percentile", "mvc": "mvc",
        ])
        let percentile = try members.optional("percentile")?.number(in: 0.001...100)
        switch name {
        case "mvc":
            if let values = members.optional("values") {
                try refuse(["recording", "percentile"], in: members)
                var numbers: [Double] = []
                for value in try values.array() {
                    numbers.append(try value.positive("an amplitude above 0"))
                }
                guard !numbers.isEmpty else { throw values.error(expected: "at least one value") }
                return .normalize(.mvc(values: numbers, source: "stated"))
            }
            guard let recording = members.optional("recording") else {
                throw method.error(
                    expected: "values or recording beside method: mvc",
                    hint: "values: [250] states amplitudes, recording: p1/s1/mvc names where to "
                        + "measure them")
            }
            return .normalize(
                .mvcRecording(name: try recording.string(), percentile: percentile ?? 95))
        case "percentile":
            try refuse(["values", "recording"], in: members)
            return .normalize(.percentile(percentile ?? 100))
        default:
            try refuse(["values", "recording", "percentile"], in: members)
            return .normalize(name == "z_score" ? .zScore : .minMax)
        }
    }

    static func readResample(_ cursor: DocumentCursor) throws(DocumentError) -> ConditioningStage {
        let members = try cursor.object(allowing: ["rate_hz", "up", "down"])
        guard let rate = members.optional("rate_hz") else {
            let factors = 1...Resampler.largestFactor
            let up = try members.optional("up")?.integer(in: factors)
            let down = try members.optional("down")?.integer(in: factors)
            guard up != nil || down != nil else {
                throw cursor.error(expected: "rate_hz, or up and down")
            }
            return .resample(.ratio(up: up ?? 1, down: down ?? 1))
        }
        try refuse(["up", "down"], in: members)
        return .resample(.rate(try rate.frequency()))
    }
}
