package import Documents
internal import EMGSignal
private import PrintableText

/// Amplitudes made comparable.
package struct Normalize: PipelineStage {
    /// What amplitudes are divided by.
    @KindValue package var method: any AmplitudeNormalization = AmplitudeZScore()

    /// By the standard deviation.
    package init() {}

    private static let methods = Registry<any AmplitudeNormalization>.standard
    private static let methodProperty = KindProperty<Self, any AmplitudeNormalization>(
        \.method, others: \.refusedMembers, of: methods, described: { $0 })

    /// The name in documents.
    package static let key = "normalize"
    /// What it does, in a sentence.
    package static let documentation =
        "Amplitudes made comparable; what was fitted is recorded in the history."
    /// The members of documents: the method and those of the method.
    package static let fields = Fields<Self>(
        [
            Field(
                kind: "method", methodProperty, "What amplitudes are divided by.",
                isRequired: true),
            Field(settingsOf: methodProperty),
        ],
        rules: methods.entries.map { entry in
            let foreign = methods.entries.flatMap(\.keys).filter { !entry.keys.contains($0) }
            return .when(
                "method", is: [entry.name], orMissing: false,
                entry.schema(Kinds()).rules + (foreign.isEmpty ? [] : [.none(foreign.onceEach)]))
        })

    /// Members of other methods are refused by ``check(_:)``: there are none to keep.
    private var refusedMembers: [DocumentValue.Member] {
        get { [] }
        set {}
    }

    /// Refuses members of other methods, and those that exclude each other.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        let own = method.memberKeys
        try object.refuse(Self.fields.keys.filter { $0 != "method" && !own.contains($0) })
        try method.check(object)
    }

    /// The recording that amplitudes are to be measured in.
    package var reference: StageReference? { method.reference }

    /// The stage with the amplitudes of a recording.
    package func fitted(on recording: ReferenceSamples) throws(FilterError) -> Normalize {
        try .normalize(method.fitted(on: recording))
    }

    /// Refuses a recording without an amplitude for each channel.
    package func check(channelCount: Int) throws(FilterError) {
        try method.check(channelCount: channelCount)
    }

    /// Designs the stage for signals of given rates.
    package func design(for input: StageInput) throws(FilterError) -> StageDesign {
        try method.check()
        return StageDesign([.channel(method)], parameters: method.parameters)
    }
}

extension PipelineStage where Self == Normalize {
    /// Amplitudes made comparable.
    ///
    /// - Parameter method: What they are divided by.
    /// - Returns: The stage.
    package static func normalize(_ method: any AmplitudeNormalization) -> Normalize {
        var stage = Normalize()
        stage.method = method
        return stage
    }
}
