package import Documents
internal import EMGSignal

/// A filter of finite impulse response, symmetric and of odd length: its delay is removed but when
/// causal.
package struct FIR: PipelineStage {
    /// What the weights are designed by.
    package enum Rule: String, Sendable, Hashable, CaseIterable {
        /// A windowed sinc of a stated length, with half-amplitude cut-offs
        /// (`scipy.signal.firwin`).
        case windowedSinc = "windowed_sinc"
        /// The automatic rules of MNE's `filter_data`, with pass-band edges.
        case mne
        /// The automatic rules of MNE's `notch_filter`, at multiples of a frequency.
        case mneNotch = "mne_notch"
    }

    /// What the weights are designed by.
    package var rule = Rule.windowedSinc
    /// The lower cut-off in hertz; alone, a high-pass.
    package var low: Double?
    /// The upper cut-off in hertz; alone, a low-pass.
    package var high: Double?
    /// For ``Rule/windowedSinc``, whether the band is taken out.
    package var stops = false
    /// For ``Rule/windowedSinc``, how many weights, which must be stated: odd, from 3.
    package var length: Int?
    /// The window.
    package var window = FIRWindow.hamming
    /// For ``Rule/mneNotch``, the mains frequency in hertz, which must be stated.
    package var mains: Double?
    /// For ``Rule/mneNotch``, how many multiples, the mains frequency being the first.
    package var harmonics = 1

    /// A windowed sinc without cut-offs or length: both must be stated.
    package init() {}

    /// The name in documents.
    package static let key = "fir"
    /// What it does, in a sentence.
    package static let documentation =
        "An FIR filter, symmetric and of odd length: its delay is removed but when causal."
    /// The members of documents.
    package static let fields = Fields<Self>(
        [
            Field(
                "rule", \.rule, .choice,
                "windowed_sinc: scipy.signal.firwin with its scaling, half-amplitude cut-offs. mne, "
                    + "mne_notch: the automatic rules of MNE's filter_data (pass-band edges) and "
                    + "notch_filter."),
            Field(
                optional: "low_hz", \.low, .frequency,
                "The lower cut-off in Hz; alone, a high-pass.",
                absence: .leftOut),
            Field(
                optional: "high_hz", \.high, .frequency,
                "The upper cut-off in Hz, above low_hz; alone, a low-pass.", absence: .leftOut),
            Field(
                "stop", \.stops, .boolean, "windowed_sinc: whether the band is taken out."
            ).written { $0.rule == .windowedSinc },
            Field(
                optional: "length", \.length, .integer(in: 3...FIRDesign.longest),
                "windowed_sinc: how many samples; odd.", absence: .leftOut),
            Field("window", \.windowName, .choice, "The window.").written { $0.rule != .mneNotch },
            Field(
                optional: "beta", \.beta, .number(in: 0...100),
                "The parameter of window: kaiser; 5 when left out.", absence: .leftOut),
            Field(
                optional: "mains_hz", \.mains, .frequency, "mne_notch: the mains frequency in Hz.",
                absence: .leftOut),
            .harmonics(\.harmonics).written { $0.rule == .mneNotch },
        ],
        rules: [
            .when(
                "rule", is: ["windowed_sinc"], orMissing: true,
                [
                    .all(["length"]), .atLeastOne(["low_hz", "high_hz"]),
                    .none(["mains_hz", "harmonics"]),
                ]),
            .when(
                "rule", is: ["mne"], orMissing: false,
                [
                    .atLeastOne(["low_hz", "high_hz"]),
                    .none(["stop", "length", "beta", "mains_hz", "harmonics"]),
                ]),
            .when(
                "rule", is: ["mne_notch"], orMissing: false,
                [
                    .all(["mains_hz"]),
                    .none(["low_hz", "high_hz", "stop", "length", "window", "beta"]),
                ]),
        ])

    /// Refuses members that exclude each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        switch rule {
        case .mneNotch:
            try object.refuse(["low_hz", "high_hz", "stop", "length", "window", "beta"])
            _ = try object.required("mains_hz")
            return
        case .mne:
            try object.refuse(["stop", "length", "beta", "mains_hz", "harmonics"])
        case .windowedSinc:
            try object.refuse(["mains_hz", "harmonics"])
        }
        try object.checkCutoffs(low: low ?? 0, high: high)
        guard low != nil || high != nil else {
            throw object.cursor.error(expected: "low_hz, high_hz or both")
        }
        guard rule == .windowedSinc else { return }
        let length = try object.required("length")
        if let count = self.length, count.isMultiple(of: 2) {
            throw length.error(
                expected: "an odd number of samples", found: "\(count)",
                hint: "an even length delays by half a sample, which cannot be removed")
        }
        if let beta = object.optional("beta"), windowName != .kaiser {
            throw beta.error(
                expected: "window: kaiser beside beta", hint: "other windows have no parameter")
        }
    }

    /// Whether it expects a signal that swings around zero.
    package var expectsSwing: Bool {
        switch rule {
        case .windowedSinc: low != nil && !stops
        case .mne: low != nil
        case .mneNotch: false
        }
    }

    /// The mains frequency in hertz that it takes out.
    package var mainsFrequency: Double? { rule == .mneNotch ? mains : nil }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        var design = StageDesign()
        let rate = input.samplingRate
        for cutoff in cutoffs { try input.limits.check(cutoff) }
        switch rule {
        case .windowedSinc:
            design.elements = [
                .fir(
                    try FIRDesign.windowedSinc(
                        try shape(), length: length ?? 0, window: window, samplingRate: rate))
            ]
            design.parameters["rule"] = .text("windowed-sinc")
        case .mne:
            design.elements = [
                .fir(
                    try MNEDesign.filter(low: low, high: high, window: window, samplingRate: rate))
            ]
            design.parameters["rule"] = .text("mne")
        case .mneNotch:
            let lines = try input.limits.harmonics(
                of: mains ?? 0, count: harmonics, warnings: &design.warnings)
            design.elements = [.fir(try MNEDesign.notch(centers: lines, samplingRate: rate))]
            design.parameters = [
                "rule": .text("mne-notch"), "notched_hz": .list(lines.map { .number($0) }),
            ]
            return design
        }
        design.parameters["cutoffs_hz"] = .list(cutoffs.map { .number($0) })
        return design
    }

    /// The cut-offs that are stated, in hertz.
    private var cutoffs: [Double] {
        rule == .mneNotch ? [] : [low, high].compactMap(\.self)
    }

    private func shape() throws(FilterError) -> FilterShape {
        switch (low, high) {
        case (let low?, let high?):
            stops ? .bandStop(low: low, high: high) : .bandPass(low: low, high: high)
        case (let low?, nil): .highPass(cutoff: low)
        case (nil, let high?): .lowPass(cutoff: high)
        case (nil, nil):
            throw FilterError(
                .unusableParameter(
                    name: "the number of cut-offs", expected: "1 or 2", found: 0),
                hint: "state the lower cut-off, the upper one or both")
        }
    }

    /// The windows' names in documents.
    private enum WindowName: String, CaseIterable {
        case hamming
        case hann
        case blackman
        case kaiser
    }

    private var windowName: WindowName {
        get {
            switch window {
            case .hamming: .hamming
            case .hann: .hann
            case .blackman: .blackman
            case .kaiser: .kaiser
            }
        }
        set {
            switch newValue {
            case .hamming: window = .hamming
            case .hann: window = .hann
            case .blackman: window = .blackman
            case .kaiser: window = .kaiser(beta: 5)
            }
        }
    }

    private var beta: Double? {
        get { if case .kaiser(let beta) = window { beta } else { nil } }
        set {
            if let newValue, windowName == .kaiser { window = .kaiser(beta: newValue) }
        }
    }
}

extension PipelineStage where Self == FIR {
    /// A windowed sinc (`scipy.signal.firwin`).
    ///
    /// - Parameters:
    ///   - low: The lower half-amplitude cut-off in hertz; `nil` for a low-pass.
    ///   - high: The upper one; `nil` for a high-pass.
    ///   - stops: Whether the band is taken out.
    ///   - length: How many weights; odd, from 3.
    ///   - window: The window.
    /// - Returns: The stage.
    package static func fir(
        low: Double? = nil, high: Double? = nil, stops: Bool = false, length: Int,
        window: FIRWindow = .hamming
    ) -> FIR {
        var stage = FIR()
        (stage.low, stage.high, stage.stops) = (low, high, stops)
        (stage.length, stage.window) = (length, window)
        return stage
    }

    /// The filter of MNE's `filter_data`.
    ///
    /// - Parameters:
    ///   - low: The lower pass-band edge in hertz; `nil` for a low-pass.
    ///   - high: The upper one; `nil` for a high-pass.
    ///   - window: Hamming, Hann or Blackman.
    /// - Returns: The stage.
    package static func mneFilter(
        low: Double?, high: Double?, window: FIRWindow = .hamming
    ) -> FIR {
        var stage = FIR()
        (stage.rule, stage.low, stage.high, stage.window) = (.mne, low, high, window)
        return stage
    }

    /// The filter of MNE's `notch_filter`.
    ///
    /// - Parameters:
    ///   - mains: The mains frequency in hertz.
    ///   - harmonics: How many multiples, the mains frequency being the first.
    /// - Returns: The stage.
    package static func mneNotch(mains: Double, harmonics: Int = 1) -> FIR {
        var stage = FIR()
        (stage.rule, stage.mains, stage.harmonics) = (.mneNotch, mains, harmonics)
        return stage
    }
}
