internal import EMGArchive
internal import EMGFilters
internal import EMGSignal
internal import MetaLearning

/// The parts of a decoder's file that are the same for all decoders but for names and numbers.
struct CDecoderParts {
    let bundle: DecoderBundle
    let model: CModel
    let conditioning: CConditioning
    let control: CControl

    private var classes: [String] { bundle.input.classes }

    /// What the file is, for people.
    func head(constantBytes: Int, memoryBytes: Int) -> String {
        let input = bundle.input
        let rate = input.samplingRate
        let stages =
            bundle.pipeline.stages.isEmpty
            ? "none" : bundle.pipeline.stages.map(\.key).joined(separator: ", ")
        let channels = input.channels.map { "\($0.name) (\($0.unit))" }.joined(separator: ", ")
        let lines = [
            "A decoder of muscle signals, written by \(SoftwareVersion.text).",
            "",
            "model:         \(model.name), trained on \(input.collection)",
            "classes:       \(classes.joined(separator: ", "))",
            "channels:      \(channels)",
            "rate:          \(rate.hertz) Hz",
            "window:        \(input.window.length) samples, one decision every "
                + "\(input.window.stride) samples",
            "conditioning:  \(stages)",
            "constants:     \(constantBytes) bytes, beside the program, which may stay in flash",
            "memory:        \(memoryBytes) bytes, static; no heap; a few hundred bytes of stack",
            "library:       none, neither of C nor of mathematics; <stdint.h> and <stddef.h> only",
            "",
            "Give each sample of all channels, in the units above, to myotask_decoder_feed. It returns",
            "1 when there is a decision. To include this file as a header, define",
            "MYOTASK_DECLARATIONS_ONLY before. With -DMYOTASK_EXAMPLE_MAIN it is a program that reads",
            "16-bit integers from standard input.",
        ]
        return "/*\n"
            + lines.map { $0.isEmpty ? " *" : " * \(CText.comment($0))" }.joined(separator: "\n")
            + "\n */"
    }

    /// What users call.
    var interface: String {
        """
        #ifndef MYOTASK_DECODER_DECLARATIONS
        #define MYOTASK_DECODER_DECLARATIONS

        #include <stddef.h>
        #include <stdint.h>

        /* Channels of a sample. */
        #define MYOTASK_CHANNELS \(bundle.channelCount)
        /* Classes. */
        #define MYOTASK_CLASSES \(classes.count)
        /* Samples of a window. */
        #define MYOTASK_WINDOW \(bundle.input.window.length)
        /* Samples from one decision to the next. */
        #define MYOTASK_STRIDE \(bundle.input.window.stride)

        /* How an output came about. */
        enum myotask_state {
            /* The class is what was decided. */
            MYOTASK_DECIDED,
            /* No class was likely enough. */
            MYOTASK_REJECTED,
            /* The class before is held: the new one is not sure enough yet, or came too soon. */
            MYOTASK_HELD,
            /* There was no whole window of good samples. */
            MYOTASK_FAULT
        };

        struct myotask_decision {
            /* The number of the decision, from 0. */
            uint64_t index;
            /* The last sample of its window, from 0 from the beginning of the stream. */
            uint64_t sample;
            /* The class that the model finds likeliest; -1 for a fault. */
            int likeliest;
            /* The class that is put out; -1 for neutral where no class is. */
            int label;
            /* How fast, from 0 to 1. */
            float velocity;
            /* How the output came about. */
            enum myotask_state state;
            /* For each class; all 0 for a fault. */
            float probabilities[MYOTASK_CLASSES];
            float logits[MYOTASK_CLASSES];
        };

        /* The classes' names in UTF-8. */
        extern const char *const myotask_classes[MYOTASK_CLASSES];

        /* Goes back to rest, as at the beginning of a stream. */
        void myotask_decoder_reset(void);

        /* Begins anew behind a break in the stream: until a whole window has come again, decisions are
           faults. Samples are counted on. */
        void myotask_decoder_interrupt(void);

        /* Takes a sample of all channels, in the channels' units and order. Returns 1 when there is a
           decision, and writes it. A sample that is not finite is a fault: what follows is decoded from
           rest, and until a whole window of good samples has come, decisions are faults. */
        int myotask_decoder_feed(const float *row, struct myotask_decision *decision);

        #endif

        #ifndef MYOTASK_DECLARATIONS_ONLY

        const char *const myotask_classes[MYOTASK_CLASSES] = {
        \(classes.map { "    \(CText.literal($0)),\n" }.joined())};
        """
    }

    /// The causal chain.
    var conditioningText: String {
        let usesCounter = conditioning.statements.contains { $0.contains("(i = 0") }
        let resetsCounter = conditioning.resets.contains { $0.contains("(i = 0") }
        let counter = "    size_t i;\n"
        func lines(_ statements: [String]) -> String {
            statements.map { "    \($0)\n" }.joined()
        }
        let nothing = conditioning.statements.isEmpty ? "    (void)row;\n" : ""
        return """
            /* Conditioning, in double precision. */

            \(conditioning.declarations)
            static void myotask_condition(double *row)
            {
            \(usesCounter ? counter : "")\(nothing)\(lines(conditioning.statements))}

            static void myotask_condition_reset(void)
            {
            \(resetsCounter ? counter : "")\(lines(conditioning.resets))}
            """
    }

    /// The end of what is left out where the file is a header.
    var end: String { "#endif" }

    /// A program that decodes 16-bit integers.
    var example: String {
        """
        #ifdef MYOTASK_EXAMPLE_MAIN

        #include <stdio.h>

        /* What a step of the converter is in the channels' units: -DMYOTASK_EXAMPLE_SCALE=0.195f */
        #ifndef MYOTASK_EXAMPLE_SCALE
        #define MYOTASK_EXAMPLE_SCALE 1.0f
        #endif

        int main(void)
        {
            static const char *const states[] = {"decided", "rejected", "held", "fault"};
            unsigned char bytes[2 * MYOTASK_CHANNELS];
            float row[MYOTASK_CHANNELS];
            struct myotask_decision decision;
            int i;
            myotask_decoder_reset();
            while (fread(bytes, sizeof bytes, 1, stdin) == 1) {
                for (i = 0; i < MYOTASK_CHANNELS; i++) {
                    const int word = bytes[2 * i] | bytes[2 * i + 1] << 8;
                    row[i] = (float)(word < 32768 ? word : word - 65536) * MYOTASK_EXAMPLE_SCALE;
                }
                if (!myotask_decoder_feed(row, &decision)) continue;
                printf(
                    "%llu\\t%s\\t%s\\t%.4f", (unsigned long long)decision.sample,
                    decision.label < 0 ? "-" : myotask_classes[decision.label],
                    states[decision.state], (double)decision.velocity);
                for (i = 0; i < MYOTASK_CLASSES; i++)
                    printf("\\t%.6f", (double)decision.probabilities[i]);
                putchar('\\n');
            }
            return ferror(stdin) != 0;
        }

        #endif
        """
    }
}
