package import Documents
import EMGSignal

/// A protocol of a benchmark: who is learned from, what of a new person is shown, and what is
/// decided about. Its name and version stand with every result.
package struct BenchmarkProtocol: Described {
    /// What it is called.
    package var name = ""
    /// Raised whenever results change.
    package var version = 1
    /// What it asks, in a sentence.
    package var about = ""
    /// Seconds of a window.
    package var windowSeconds = 0.2
    /// Seconds from one window to the next.
    package var strideSeconds = 0.05
    /// The classes; all that occur when empty.
    package var classes: [String] = []
    /// The conditions of recordings that take part; all when empty.
    package var conditions: [String] = []
    /// Which sessions are what.
    package var sessions = SessionParts()
    /// What is shown; each setting is a row of the leaderboard.
    package var supports = [SupportSetting()]
    /// Whether the band of each new person is turned by a drawn number of channels.
    package var turnsBand = false
    /// Whether channels are a ring, so that a band may lie turned.
    package var isRing = true
    /// How many classes a problem has, drawn and numbered anew for each; `nil` for all of them under
    /// numbers that are everybody's.
    package var ways: Int?
    /// How many problems of drawn classes a person gives at each setting.
    package var problems = 1
    /// How many classes, drawn, nobody in training has shown; 0 for none.
    package var newClasses = 0
    /// The classes that nobody in training has shown, in place of drawn ones.
    package var heldOut: [String] = []
    /// In how many parts people are left out; 0 for each person alone.
    package var folds = 0
    /// Where draws come from; each is a repetition of everything that is drawn.
    package var seeds: [UInt64] = [1, 2, 3]
    /// The methods; all that the program has when empty.
    package var methods: [any AdaptationMethod] = []

    /// One window of each class, each person left out once.
    package init() {}

    /// How few people a benchmark can have.
    static let leastPeople = 4

    /// The members of a document.
    package static let fields: Fields<Self> = [
        Field(
            "protocol",
            schema: { _ in .choice(BenchmarkProtocol.names) },
            "The protocol that comes along and that this one begins as; what follows replaces its "
                + "settings.",
            read: { cursor, settings throws(DocumentError) in
                let name = try cursor.choice(BenchmarkProtocol.names.map { ($0, $0) })
                settings = try BenchmarkProtocol.named(name)
            },
            write: { _ in nil }),
        Field("name", \.name, .text, "What it is called."),
        Field(
            "version", \.version, .integer(in: 1...1_000_000), "Raised whenever results change."),
        Field("description", \.about, .text, "What it asks, in a sentence."),
        Field("window_s", \.windowSeconds, .positive("seconds above 0"), "Seconds of a window."),
        Field(
            "stride_s", \.strideSeconds, .positive("seconds above 0"),
            "Seconds from one window to the next."),
        Field(
            "classes", \.classes, .set(of: .name, noun: "class"),
            "The classes; all that occur when empty."),
        Field(
            "conditions", \.conditions, .set(of: .name, noun: "condition"),
            "The conditions of recordings that take part; all when empty."),
        Field(object: "sessions", \.sessions, "Which sessions are what."),
        Field(
            "supports", \.supports, .list(of: .object(), count: 1...100),
            "What is shown of a new person; each is a column of the leaderboard."),
        Field(
            "turned", \.turnsBand, .boolean,
            "Whether the band of each new person is turned by a drawn number of channels."),
        Field(
            "ring", \.isRing, .boolean,
            "Whether channels are a ring, so that a band may lie turned."),
        // What other protocols do not have is written when it says something.
        Field(
            optional: "ways", \.ways, .integer(in: 2...255),
            "How many classes a problem has, drawn and numbered anew for each, as in N-way K-shot "
                + "episodes: what a class is cannot be known from others. All classes under numbers that "
                + "are everybody's when left out.", absence: .leftOut),
        Field(
            "problems", \.problems, .integer(in: 1...10_000),
            "How many such problems a person gives at each setting."
        ).written { $0.problems != 1 },
        Field(
            "new_classes", \.newClasses, .integer(in: 0...200),
            "How many classes, drawn for each seed, nobody in training has shown: they alone are "
                + "decided about. With `ways`, others beside them fill the ways up."),
        Field(
            "held_out", \.heldOut, .set(of: .name, noun: "class"),
            "The classes that nobody in training has shown, in place of drawn ones."),
        Field(
            "folds", \.folds, .integer(in: 0...10_000),
            "In how many parts people are left out, one part at a time; 0 for each person alone."),
        Field(
            "seeds", \.seeds, .list(of: .seed, count: 1...1_000),
            "Where draws come from; each repeats everything that is drawn."),
        Field(
            "methods", \.methods,
            .list(of: .named(.standard, noun: "method") { $0 }),
            "The methods, each by its name or with its settings; all when empty."),
    ]

    /// Refuses what cannot be asked.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        if name.isEmpty {
            throw object.cursor.error(
                expected: "a name", hint: "begin with protocol: NAME, or give the protocol a name")
        }
        if ways == nil, problems > 1 {
            throw try object.required("problems").error(
                expected: "1", found: "\(problems)",
                hint: "several problems differ by the classes that ways draws")
        }
        if newClasses == 1, ways == nil {
            throw try object.required("new_classes").error(
                expected: "0, or at least 2", found: "1")
        }
        if heldOut.count == 1, ways == nil {
            throw try object.required("held_out").error(
                expected: "at least 2 classes", found: "1")
        }
        if newClassCount > 0 || ways != nil, supports.contains(where: { $0.shown != nil }) {
            throw try object.required("supports").error(
                expected: "supports of all classes",
                hint: "of a class that nobody has ever shown, nothing is known")
        }
        if turnsBand, !isRing {
            throw try object.required("turned").error(
                expected: "false", hint: "only a ring of channels can be turned")
        }
    }

    /// How many classes nobody in training has shown; 0 for none.
    var newClassCount: Int { heldOut.isEmpty ? newClasses : heldOut.count }

    /// Whether what is decided about cannot be known by its number.
    var isForNewClasses: Bool { newClassCount > 0 || ways != nil }

    /// Whether a recording takes part.
    func takes(_ identity: RecordingIdentity) -> Bool {
        (conditions.isEmpty || conditions.contains(identity.condition))
            && sessions.use(of: identity.session) != nil
    }

    /// Samples of a window.
    func windowSamples(at rate: SamplingRate) -> Int {
        max(3, Int((windowSeconds * rate.hertz).rounded()))
    }

    /// Samples from one window to the next.
    func strideSamples(at rate: SamplingRate) -> Int {
        max(1, Int((strideSeconds * rate.hertz).rounded()))
    }

    /// What a person lacks for the protocol; `nil` for nothing.
    func fault(
        of person: BenchmarkPeople.Person, classNames: [String], sessions found: Set<String>
    ) -> BenchmarkError? {
        let isSplit = sessions.query.isEmpty
        for (label, name) in classNames.enumerated() {
            let holds = person.support.count { $0.labels[0] == label }
            let asked = person.query.count { $0.labels[0] == label }
            guard holds >= (isSplit ? 2 : 1), isSplit || asked >= 1 else {
                return BenchmarkError(
                    .missing(
                        what: isSplit
                            ? "second hold of \"\(name)\""
                            : "hold of \"\(name)\" in the sessions of support and query",
                        found: "the sessions \(found.sorted().joined(separator: ", "))"),
                    of: person.name,
                    hint: "name the sessions: sessions.support=[NAME] sessions.query=[NAME]; or "
                        + "some classes: classes=[NAME, NAME]")
            }
        }
        return nil
    }
}
