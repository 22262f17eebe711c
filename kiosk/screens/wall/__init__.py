"""The projector's and big screen's views, plain pages fed by server-sent events."""
