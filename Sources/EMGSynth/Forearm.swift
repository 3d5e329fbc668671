/// Muscles round a forearm and what a ring of electrodes sees of them.
struct Forearm: Sendable {
    /// A muscle as far as surface electrodes are concerned.
    struct Muscle: Sendable {
        /// Where it lies, in turns round the arm.
        let place: Double
        /// How much it works when relaxing, opening and closing, without co-contraction.
        let drive: [Double]
        /// How much of the co-contraction it takes when opening and closing.
        let opposition: [Double]
        /// How narrow its field is: the power of a raised cosine.
        let sharpness: Int
    }

    /// Finger and wrist extensors, finger and wrist flexors, and a muscle that holds the arm.
    static let muscles = [
        Muscle(place: 0.14, drive: [0, 1.0, 0.14], opposition: [0, 0, 1.0], sharpness: 7),
        Muscle(place: 0.29, drive: [0, 0.65, 0.22], opposition: [0, 0, 0.7], sharpness: 5),
        Muscle(place: 0.61, drive: [0, 0.1, 1.0], opposition: [0, 1.0, 0], sharpness: 7),
        Muscle(place: 0.79, drive: [0, 0.08, 0.7], opposition: [0, 0.8, 0], sharpness: 6),
        Muscle(place: 0.46, drive: [0, 0.25, 0.3], opposition: [0, 0.2, 0.2], sharpness: 4),
    ]

    /// What each electrode sees of each muscle, `[electrodes × muscles]`.
    let mixing: [[Double]]
    /// How active each muscle is in each class, `[classes × muscles]`.
    let activation: [[Double]]

    init(_ person: Person, channelCount: Int) {
        mixing = (0..<channelCount).map { channel in
            let place = Double(channel) / Double(channelCount) + person.rotation
            return Self.muscles.map { muscle in
                let closeness =
                    (1 + ExactMath.cos(2 * ExactMath.pi * (place - muscle.place))) / 2
                var field = 1.0
                for _ in 0..<muscle.sharpness { field *= closeness }
                // Volume conduction: some of every muscle is seen everywhere.
                return person.gains[channel] * (0.97 * field + 0.03)
            }
        }
        activation = (0..<3).map { label in
            Self.muscles.indices.map { index in
                let muscle = Self.muscles[index]
                let strength = label == 1 ? person.openingStrength : 1
                let work =
                    strength * muscle.drive[label]
                    + person.coContraction * muscle.opposition[label]
                return person.conditionGain * work + person.restingTone + person.posture[index]
            }
        }
    }
}
